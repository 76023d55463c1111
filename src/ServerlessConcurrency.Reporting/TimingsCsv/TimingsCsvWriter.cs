using System.Buffers;
using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Writes timings.csv. What is equal in all rows of a run is turned into bytes once.</summary>
internal sealed class TimingsCsvWriter(string experimentId, Stream output) : TimingWriter(output)
{
    public static readonly string Header = string.Join(',', TimingColumns.All.Select(column => column.Name));

    private static readonly TimingColumn[] Columns = [.. TimingColumns.OfAttempts];

    private readonly ArrayBufferWriter<byte> _run = new();

    protected override void Begin() => Output.Write(Encoding.UTF8.GetBytes(Header + '\n'));

    protected override void BeginRun(RunTimings run)
    {
        _run.ResetWrittenCount();
        var row = new TimingRow(experimentId, run.Run, default);
        foreach (TimingColumn column in TimingColumns.OfRuns)
        {
            _run.Advance(CsvField.Format(column, row, _run.GetSpan(CsvField.MaxBytes(column, row))));
            _run.Write(","u8);
        }
    }

    protected override void WriteRow(RunTimings run, int row)
    {
        var timing = new TimingRow(experimentId, run.Run, run.Timings[row]);
        int most = _run.WrittenCount;
        foreach (TimingColumn column in Columns)
            most += CsvField.MaxBytes(column, timing) + 1;
        Span<byte> line = Output.GetSpan(most);
        _run.WrittenSpan.CopyTo(line);
        int written = _run.WrittenCount;
        foreach (TimingColumn column in Columns)
        {
            written += CsvField.Format(column, timing, line[written..]);
            line[written++] = (byte)',';
        }

        line[written - 1] = (byte)'\n';
        Output.Advance(written);
    }

    protected override void End()
    {
    }
}
