using System.Text.Json;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>
/// The version of what is stored: of documents, entities and files of timings. 1 had no number, and a row of table <c>timings</c> for every
/// task attempt; 2 has a Parquet file of timings and an entity of table <c>runs</c> for every run.
/// </summary>
public static class StoredSchema
{
    /// <summary>What this program writes. It reads this and all before.</summary>
    public const int Version = 2;

    /// <summary>Refuses what a later program wrote.</summary>
    /// <param name="version">What a document says; null in those of version 1.</param>
    /// <exception cref="JsonException">It is a later version.</exception>
    public static void ThrowIfLater(int? version)
    {
        if (version > Version)
            throw new JsonException($"it was written by a later version of this program (schema {version}; this one reads up to {Version})");
    }
}
