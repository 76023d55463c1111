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
        TimingColumn<string> text => new TextColumn<string>(text, static value => value.AsMemory(), static cell => cell.ToString()),
        TimingColumn<TaskOutcome> outcome => new TextColumn<TaskOutcome>(outcome, static value => TaskOutcomeNames.Of(value).AsMemory(), ReadOutcome),
        TimingColumn<ulong> checksum => new ChecksumColumn(checksum),
        TimingColumn<int> integer => new NumberColumn<int>(integer, EncodingHint.DeltaBinaryPacked),
        TimingColumn<long> integer => new NumberColumn<long>(integer, EncodingHint.DeltaBinaryPacked),
        TimingColumn<double> milliseconds => new NumberColumn<double>(milliseconds, EncodingHint.Default),
        _ => throw new NotSupportedException($"column {column.Name} has no form in Parquet"),
    };

    /// <summary>Makes room for so many rows.</summary>
    public abstract void Grow(int rows);

    /// <summary>Takes the cell of a row that is to be written.</summary>
    public abstract void Take(in TimingRow row, int index);

    /// <summary>Takes the cell of a row for it and those after it, too.</summary>
    public abstract void Fill(in TimingRow row, int index, int count);

    public abstract Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken cancellationToken);

    public abstract ValueTask ReadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken);

    /// <summary>Puts the cells that were read into their timings; not for columns that belong to the run.</summary>
    /// <exception cref="InvalidDataException">A cell is not what this column holds.</exception>
    public abstract void Put(Span<TaskTiming> timings);

    private static TaskOutcome ReadOutcome(ReadOnlySpan<char> text) =>
        TaskOutcomeNames.TryParse(text.ToString(), out TaskOutcome outcome) ? outcome : throw new InvalidDataException($"'{text}' is not an outcome");

    /// <param name="column">What the cells are read from and written to.</param>
    private abstract class Column<T, TCell>(TimingColumn<T> column, DataField dataField, EncodingHint encoding) : ParquetColumn(dataField, encoding)
        where TCell : struct
    {
        private TCell[] _cells = [];

        protected abstract TCell ToCell(T value, int index);

        protected abstract T FromCell(TCell cell);

        // Most runs have few rows.
        public sealed override void Grow(int rows)
        {
            if (rows > _cells.Length)
                Array.Resize(ref _cells, Math.Max(rows, Math.Min(2 * _cells.Length, TimingParquet.RowsPerGroup)));
        }

        public sealed override void Take(in TimingRow row, int index) => _cells[index] = ToCell(column.Read(row), index);

        public sealed override void Fill(in TimingRow row, int index, int count) =>
            _cells.AsSpan(index, count).Fill(ToCell(column.Read(row), index));

        public sealed override Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken cancellationToken) =>
            group.WriteAsync<TCell>(Field, _cells.AsMemory(0, rows), cancellationToken: cancellationToken);

        public sealed override ValueTask ReadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
        {
            Grow((int)group.RowCount);
            return group.ReadAsync(Field, _cells.AsMemory(), cancellationToken: cancellationToken);
        }

        public sealed override void Put(Span<TaskTiming> timings)
        {
            for (int index = 0; index < timings.Length; index++)
                column.Write!(ref timings[index], FromCell(_cells[index]));
        }
    }

    private sealed class NumberColumn<T>(TimingColumn<T> column, EncodingHint encoding)
        : Column<T, T>(column, new DataField<T>(column.Name, nullable: false), encoding)
        where T : struct
    {
        protected override T ToCell(T value, int index) => value;

        protected override T FromCell(T cell) => cell is not double milliseconds || double.IsFinite(milliseconds)
            ? cell
            : throw new InvalidDataException($"{milliseconds} is not a time");
    }

    /// <summary>Text that repeats: each is read once.</summary>
    private sealed class TextColumn<T>(TimingColumn<T> column, Func<T, ReadOnlyMemory<char>> format, TextColumn<T>.Parser parse)
        : Column<T, ReadOnlyMemory<char>>(column, new DataField<string>(column.Name, nullable: false), EncodingHint.Dictionary)
    {
        private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _known =
            new Dictionary<string, T>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

        public delegate T Parser(ReadOnlySpan<char> cell);

        protected override ReadOnlyMemory<char> ToCell(T value, int index) => format(value);

        protected override T FromCell(ReadOnlyMemory<char> cell)
        {
            if (!_known.TryGetValue(cell.Span, out T? value))
                _known[cell.Span] = value = parse(cell.Span);
            return value;
        }
    }

    /// <summary>Text that hardly repeats; the digits of all cells are in one array.</summary>
    private sealed class ChecksumColumn(TimingColumn<ulong> column)
        : Column<ulong, ReadOnlyMemory<char>>(column, new DataField<string>(column.Name, nullable: false), EncodingHint.Default)
    {
        private char[] _digits = [];

        protected override ReadOnlyMemory<char> ToCell(ulong value, int index)
        {
            // Earlier cells keep the array that they were written into.
            if ((index + 1) * Checksum.Digits > _digits.Length)
                _digits = new char[Math.Clamp(2 * _digits.Length, 64 * Checksum.Digits, TimingParquet.RowsPerGroup * Checksum.Digits)];
            Memory<char> cell = _digits.AsMemory(index * Checksum.Digits, Checksum.Digits);
            Checksum.Format(value, cell.Span);
            return cell;
        }

        protected override ulong FromCell(ReadOnlyMemory<char> cell) =>
            Checksum.TryParse(cell.Span, out ulong checksum) ? checksum : throw new InvalidDataException($"'{cell}' is not a checksum");
    }
}
