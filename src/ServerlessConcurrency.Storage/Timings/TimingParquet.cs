using System.Globalization;
using System.IO.Compression;
using Parquet;
using Parquet.Schema;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Timings;

/// <summary>
/// How timings are kept in Apache Parquet: the columns of timings.csv, text dictionary-encoded where it repeats, whole numbers as
/// differences (DELTA_BINARY_PACKED), times as they are, all compressed with Zstandard: what DuckDB, pandas, Spark and Data Explorer read.
/// </summary>
internal static class TimingParquet
{
    public const string SchemaVersionKey = "schemaVersion";

    /// <summary>Bounds the memory of whoever writes or reads, whatever the number of rows.</summary>
    public const int RowsPerGroup = 16_384;

    /// <summary>Of a large file: two times and a checksum are what differs from row to row.</summary>
    public const int UsualBytesOfRow = 3 * sizeof(double);

    public static ParquetSchema NewSchema(IEnumerable<ParquetColumn> columns) => new(columns.Select(column => column.Field));

    public static ParquetOptions NewOptions(IEnumerable<ParquetColumn> columns)
    {
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Fastest,
            DictionaryEncodingSampleSize = 1_000,
            MaximumSmallPoolFreeBytes = PooledBytes,
            MaximumLargePoolFreeBytes = PooledBytes,
        };
        foreach (ParquetColumn column in columns)
            options.ColumnEncodingHints[column.Field.Name] = column.Encoding;
        return options;
    }

    // What the library keeps of its buffers.
    private const int PooledBytes = 4 * 1024 * 1024;

    public static Dictionary<string, string> Metadata { get; } = new()
    {
        [SchemaVersionKey] = StoredSchema.Version.ToString(CultureInfo.InvariantCulture),
    };
}
