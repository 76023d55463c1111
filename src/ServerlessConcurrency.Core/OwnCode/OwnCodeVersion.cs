using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>Tells versions of users' workloads apart, and of their items.</summary>
public static class OwnCodeVersion
{
    private const int Digits = 12;

    // As assemblies and items are loaded once in a process.
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>
    /// Each file with the first digits of what is another in another version: of an assembly the id that the compiler gives it (ECMA-335, II.22.30: Mvid),
    /// which a build of the same sources and commit repeats; of items the SHA-256 of all of them. Read once in a process.
    /// </summary>
    /// <param name="assemblies">Absolute paths; what they depend on is not looked at.</param>
    /// <param name="items">Absolute paths.</param>
    /// <returns>E.g. <c>Thumbnails.dll 3f2504e04f89, photos.json 6b86b273ff34</c>; null without any.</returns>
    /// <exception cref="OwnCodeException">One cannot be read.</exception>
    public static string? Of(IEnumerable<string> assemblies, IEnumerable<string> items)
    {
        string[] versions =
        [
            .. assemblies.Select(path => $"{Path.GetFileName(path)} {Known.GetOrAdd(path, static path => Read(path, ModuleVersion))}"),
            .. items.Distinct(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {Known.GetOrAdd(path, static path => Read(path, Hash))}"),
        ];
        return versions.Length == 0 ? null : string.Join(", ", versions);
    }

    private static string ModuleVersion(Stream file)
    {
        using var assembly = new PEReader(file);
        MetadataReader metadata = assembly.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString("n")[..Digits];
    }

    private static string Hash(Stream file) => Convert.ToHexStringLower(SHA256.HashData(file))[..Digits];

    private static string Read(string path, Func<Stream, string> version)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return version(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            throw new OwnCodeException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
