using System.Buffers;
using System.Globalization;
using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Writes timings.csv. What is equal in all rows of a run, and each host's id, is turned into bytes once.</summary>
internal sealed class TimingsCsvWriter(string experimentId, Stream output) : TimingWriter(output)
{
    // Three times, and the other numbers with the outcome.
    private const int MaxNumbersBytes = (3 * RowText.MaxMillisecondsBytes) + 128;

    private readonly Dictionary<string, byte[]> _hosts = new(StringComparer.Ordinal);
    private byte[] _run = [];

    protected override void Begin() => Output.Write(
        "experimentId,runId,round,workload,size,model,degree,taskIndex,attempt,hostId,processId,threadId,queuedMs,startedMs,finishedMs,checksum,outcome\n"u8);

    protected override void BeginRun(RunTimings run)
    {
        RunResult result = run.Run;
        _run = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{CsvField.Quote(experimentId)},{CsvField.Quote(result.RunId)},{result.Round},{CsvField.Quote(result.Workload)},{result.Size},{CsvField.Quote(result.Model)},{result.Degree},"));
    }

    protected override void WriteRow(RunTimings run, int row)
    {
        TaskTiming timing = run.Timings[row];
        byte[] host = Host(timing.HostId);
        var line = new CsvLine(Output.GetSpan(_run.Length + host.Length + MaxNumbersBytes));
        line.Add(_run);
        line.Add(timing.TaskIndex);
        line.Add(timing.Attempt);
        line.Add(host);
        line.Add(timing.ProcessId);
        line.Add(timing.ThreadId);
        line.Add(timing.QueuedMs);
        line.Add(timing.StartedMs);
        line.Add(timing.FinishedMs);
        line.Add(timing.Checksum);
        line.Add(RowText.Outcome(timing.Outcome).EncodedUtf8Bytes);
        line.Add("\n"u8);
        Output.Advance(line.Length);
    }

    protected override void End()
    {
    }

    private byte[] Host(string hostId)
    {
        if (!_hosts.TryGetValue(hostId, out byte[]? utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(CsvField.Quote(hostId) + ',');
            _hosts.Add(hostId, utf8);
        }

        return utf8;
    }
}
