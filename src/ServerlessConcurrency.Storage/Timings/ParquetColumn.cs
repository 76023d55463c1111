using Parquet;
using Parquet.Schema;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Storage.Timings;

/// <summary>One column of a row group in memory. Not safe for several threads.</summary>
internal abstract class ParquetColumn(DataField dataField, EncodingHint encoding)
{
    public DataField Field => dataField;

    public EncodingHint Encoding => encoding;

    public static ParquetColumn Of(TimingColumn column) => column switch
    {
        TimingColumn<string> text => new TextColumn<string>(text, static value => value, static value => value),
        TimingColumn<ulong> checksum => new TextColumn<ulong>(checksum, Checksum.Format, ReadChecksum, EncodingHint.Default),
        TimingColumn<TaskOutcome> outcome => new TextColumn<TaskOutcome>(outcome, TaskOutcomeNames.Of, ReadOutcome),
        TimingColumn<int> integer => new NumberColumn<int>(integer, EncodingHint.DeltaBinaryPacked),
        TimingColumn<long> integer => new NumberColumn<long>(integer, EncodingHint.DeltaBinaryPacked),
        TimingColumn<double> milliseconds => new NumberColumn<double>(milliseconds, EncodingHint.Default),
        _ => throw new NotSupportedException($"column {column.Name} has no form in Parquet"),
    };

    /// <summary>Takes a cell of a row to be written.</summary>
    public abstract void Set(int index, in TimingRow row);

    public abstract Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken cancellationToken);

    public abstract ValueTask ReadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken);

    /// <summary>Puts a cell that was read into its timing; not for columns that belong to the run.</summary>
    /// <exception cref="InvalidDataException">The cell is not what this column holds.</exception>
    public abstract TaskTiming Put(int index, TaskTiming timing);

    private static ulong ReadChecksum(string text) =>
        Checksum.TryParse(text, out ulong checksum) ? checksum : throw new InvalidDataException($"'{text}' is not a checksum");

    private static TaskOutcome ReadOutcome(string text) =>
        TaskOutcomeNames.TryParse(text, out TaskOutcome outcome) ? outcome : throw new InvalidDataException($"'{text}' is not an outcome");

    private abstract class Column<TCell>(DataField dataField, EncodingHint encoding) : ParquetColumn(dataField, encoding)
        where TCell : struct
    {
        protected TCell[] Cells { get; private set; } = [];

        public sealed override Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken cancellationToken) =>
            group.WriteAsync<TCell>(Field, Cells.AsMemory(0, rows), cancellationToken: cancellationToken);

        public sealed override ValueTask ReadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
        {
            Grow((int)group.RowCount);
            return group.ReadAsync(Field, Cells.AsMemory(), cancellationToken: cancellationToken);
        }

        // Most runs have few rows.
        protected void Grow(int rows)
        {
            if (rows <= Cells.Length)
                return;
            TCell[] larger = new TCell[Math.Min(Math.Max(rows, 2 * Cells.Length), TimingParquet.RowsPerGroup)];
            Cells.CopyTo(larger, 0);
            Cells = larger;
        }
    }

    private sealed class NumberColumn<T>(TimingColumn<T> column, EncodingHint encoding)
        : Column<T>(new DataField<T>(column.Name, nullable: false), encoding)
        where T : struct
    {
        public override void Set(int index, in TimingRow row)
        {
            Grow(index + 1);
            Cells[index] = column.Read(row);
        }

        public override TaskTiming Put(int index, TaskTiming timing) => column.Write!(timing, Cells[index]);
    }

    private sealed class TextColumn<T>(
        TimingColumn<T> column, Func<T, string> format, Func<string, T> parse, EncodingHint encoding = EncodingHint.Dictionary)
        : Column<ReadOnlyMemory<char>>(new DataField<string>(column.Name, nullable: false), encoding)
    {
        private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _known =
            new Dictionary<string, T>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

        public override void Set(int index, in TimingRow row)
        {
            Grow(index + 1);
            Cells[index] = format(column.Read(row)).AsMemory();
        }

        // What repeats is parsed once.
        public override TaskTiming Put(int index, TaskTiming timing)
        {
            ReadOnlySpan<char> cell = Cells[index].Span;
            if (Encoding != EncodingHint.Dictionary)
                return column.Write!(timing, parse(cell.ToString()));
            if (!_known.TryGetValue(cell, out T? value))
                _known[cell] = value = parse(cell.ToString());
            return column.Write!(timing, value);
        }
    }
}
