using System.Globalization;
using Parquet;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Storage.Timings;

/// <summary>
/// Reads what <see cref="TimingsParquetWriter"/> wrote of single runs, one after another: of its columns those of task attempts. Not safe for
/// several threads.
/// </summary>
internal sealed class TimingsParquetReader
{
    // A million tasks, and more attempts at each than are ever made.
    private const int MostRows = 16_000_000;

    // Far more than this program writes.
    private const int MostRowsOfGroup = 1 << 20;

    private readonly ParquetColumn[] _columns = [.. TimingColumns.OfAttempts.Select(ParquetColumn.Of)];

    private readonly TimeSpan _patience;

    /// <param name="patience">After how long a file is given up: in one that is damaged, the library may go round in circles. Null: 5 minutes.</param>
    public TimingsParquetReader(TimeSpan? patience = null)
    {
        _patience = patience ?? TimeSpan.FromMinutes(5);
        // The library finds a field by the schema that it belongs to.
        TimingParquet.NewSchema(_columns);
    }

    /// <param name="name">What to call the file in an error.</param>
    /// <param name="file">Seekable.</param>
    /// <exception cref="InvalidDataException">It is not such a file, or is damaged.</exception>
    public async Task<TaskTiming[]> ReadAsync(string name, Stream file, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => ReadAsync(file, cancellationToken), cancellationToken).WaitAsync(_patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageUnavailableException))
        {
            throw new InvalidDataException($"{name} cannot be read: {exception.Message}", exception);
        }
    }

    private async Task<TaskTiming[]> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false);
        StoredSchema.ThrowIfLater(Version(reader));
        long rows = reader.RowGroups.Sum(group => (long)Rows(group));
        if (rows > MostRows)
            throw new InvalidDataException($"it has {rows} rows; no run has more than {MostRows}");
        var timings = new TaskTiming[rows];
        int read = 0;
        foreach (ParquetRowGroupReader group in reader.RowGroups)
        {
            foreach (ParquetColumn column in _columns)
                await column.ReadAsync(group, cancellationToken).ConfigureAwait(false);
            foreach (ParquetColumn column in _columns)
                column.Put(timings.AsSpan(read, Rows(group)));
            read += Rows(group);
        }

        return timings;
    }

    private static int Rows(ParquetRowGroupReader group) => group.RowCount is >= 0 and <= MostRowsOfGroup
        ? (int)group.RowCount
        : throw new InvalidDataException($"a row group has {group.RowCount} rows; none has more than {MostRowsOfGroup}");

    private static int? Version(ParquetReader reader) =>
        reader.CustomMetadata.TryGetValue(TimingParquet.SchemaVersionKey, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? version
            : null;
}
