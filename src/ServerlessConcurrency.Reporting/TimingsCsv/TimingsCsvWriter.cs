using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Writes timings.csv. What is equal in all rows of a run, and each host's id, is turned into bytes once.</summary>
internal sealed class TimingsCsvWriter(string experimentId, Stream output) : TimingWriter(output)
{
    // Three times of up to 314 characters (the longest double with four decimals), and the other numbers.
    private const int MaxNumbersBytes = 1200;

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
        Span<byte> line = Output.GetSpan(_run.Length + host.Length + MaxNumbersBytes);
        bool fits = Utf8.TryWrite(
            line,
            CultureInfo.InvariantCulture,
            $"{_run.AsSpan()}{timing.TaskIndex},{timing.Attempt},{host.AsSpan()},{timing.ProcessId},{timing.ThreadId},{timing.QueuedMs:F4},{timing.StartedMs:F4},{timing.FinishedMs:F4},{timing.Checksum:x16},{RowText.Outcome(timing.Outcome).EncodedUtf8Bytes}\n",
            out int written);
        if (!fits)
            throw new InvalidOperationException($"Row {row} of run {run.Run.RunId} is longer than any row can be.");
        Output.Advance(written);
    }

    protected override void End()
    {
    }

    private byte[] Host(string hostId)
    {
        if (!_hosts.TryGetValue(hostId, out byte[]? utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(CsvField.Quote(hostId));
            _hosts.Add(hostId, utf8);
        }

        return utf8;
    }
}
