using System.Globalization;
using Parquet;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Storage.Timings;

/// <summary>Reads what <see cref="TimingsParquetWriter"/> wrote of one run: of its columns those of task attempts.</summary>
internal static class TimingsParquetReader
{
    /// <param name="name">What to call the file in an error.</param>
    /// <param name="file">Seekable.</param>
    /// <exception cref="InvalidDataException">It is not such a file, or is damaged.</exception>
    public static async Task<List<TaskTiming>> ReadAsync(string name, Stream file, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageUnavailableException))
        {
            throw new InvalidDataException($"{name} cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<List<TaskTiming>> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false);
        StoredSchema.ThrowIfLater(Version(reader));
        ParquetColumn[] columns = [.. TimingColumns.OfAttempts.Select(ParquetColumn.Of)];
        // The library looks fields up in the schema that they belong to.
        _ = TimingParquet.NewSchema(columns);
        var timings = new List<TaskTiming>();
        for (int index = 0; index < reader.RowGroupCount; index++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(index);
            if (group.RowCount is < 0 or > TimingParquet.RowsPerGroup)
                throw new InvalidDataException($"a row group has {group.RowCount} rows, at most {TimingParquet.RowsPerGroup} were written");
            foreach (ParquetColumn column in columns)
                await column.ReadAsync(group, cancellationToken).ConfigureAwait(false);
            Put(columns, (int)group.RowCount, timings);
        }

        return timings;
    }

    private static void Put(ParquetColumn[] columns, int rows, List<TaskTiming> timings)
    {
        timings.EnsureCapacity(timings.Count + rows);
        for (int index = 0; index < rows; index++)
        {
            TaskTiming timing = default;
            foreach (ParquetColumn column in columns)
                timing = column.Put(index, timing);
            timings.Add(timing);
        }
    }

    private static int? Version(ParquetReader reader) =>
        reader.CustomMetadata.TryGetValue(TimingParquet.SchemaVersionKey, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? version
            : null;
}
