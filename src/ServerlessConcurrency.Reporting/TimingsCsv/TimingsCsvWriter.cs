using System.Buffers;
using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Writes timings.csv. What is equal in all rows of a run is turned into bytes once.</summary>
internal sealed class TimingsCsvWriter(string experimentId, Stream output) : TimingWriter(output)
{
    public static readonly string Header = string.Join(',', TimingColumns.All.Select(column => column.Name));

    private readonly ArrayBufferWriter<byte> _run = new();

    protected override void Begin() => Output.Write(Encoding.UTF8.GetBytes(Header + '\n'));

    protected override void BeginRun(RunTimings run)
    {
        _run.ResetWrittenCount();
        var row = new TimingRow(experimentId, run.Run, default);
        foreach (TimingColumn column in TimingColumns.OfRuns)
        {
            CsvField.Write(_run, column, row);
            _run.Write(","u8);
        }
    }

    protected override void WriteRow(RunTimings run, int row)
    {
        Output.Write(_run.WrittenSpan);
        var timing = new TimingRow(experimentId, run.Run, run.Timings[row]);
        for (int index = 0; index < TimingColumns.OfAttempts.Count; index++)
        {
            if (index > 0)
                Output.Write(","u8);
            CsvField.Write(Output, TimingColumns.OfAttempts[index], timing);
        }

        Output.Write("\n"u8);
    }

    protected override void End()
    {
    }
}
