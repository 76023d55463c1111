using System.Text.Json;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsJson;

/// <summary>Writes timings.json.</summary>
internal sealed class TimingsJsonWriter(string experimentId, Stream output) : JsonTimingWriter(output)
{
    private readonly JsonEncodedText _experimentId = JsonEncodedText.Encode(experimentId);
    private JsonEncodedText _runId;
    private JsonEncodedText _workload;
    private JsonEncodedText _model;

    protected override void BeginRun(RunTimings run)
    {
        _runId = JsonEncodedText.Encode(run.Run.RunId);
        _workload = JsonEncodedText.Encode(run.Run.Workload);
        _model = JsonEncodedText.Encode(run.Run.Model);
    }

    protected override void WriteRow(RunTimings run, int row)
    {
        TaskTiming timing = run.Timings[row];
        Span<byte> checksum = stackalloc byte[RowText.ChecksumDigits];
        RowText.FormatChecksum(timing.Checksum, checksum);

        Utf8JsonWriter json = BeginObject();
        json.WriteString(Columns.ExperimentId, _experimentId);
        json.WriteString(Columns.RunId, _runId);
        json.WriteNumber(Columns.Round, run.Run.Round);
        json.WriteString(Columns.Workload, _workload);
        json.WriteNumber(Columns.Size, run.Run.Size);
        json.WriteString(Columns.Model, _model);
        json.WriteNumber(Columns.Degree, run.Run.Degree);
        json.WriteNumber(Columns.TaskIndex, timing.TaskIndex);
        json.WriteNumber(Columns.Attempt, timing.Attempt);
        json.WriteString(Columns.HostId, timing.HostId);
        json.WriteNumber(Columns.ProcessId, timing.ProcessId);
        json.WriteNumber(Columns.ThreadId, timing.ThreadId);
        json.WriteNumber(Columns.QueuedMs, RowText.Milliseconds(timing.QueuedMs));
        json.WriteNumber(Columns.StartedMs, RowText.Milliseconds(timing.StartedMs));
        json.WriteNumber(Columns.FinishedMs, RowText.Milliseconds(timing.FinishedMs));
        json.WriteString(Columns.Checksum, checksum);
        json.WriteString(Columns.Outcome, RowText.Outcome(timing.Outcome));
        EndObject();
    }

    private static class Columns
    {
        public static readonly JsonEncodedText ExperimentId = JsonEncodedText.Encode("experimentId");
        public static readonly JsonEncodedText RunId = JsonEncodedText.Encode("runId");
        public static readonly JsonEncodedText Round = JsonEncodedText.Encode("round");
        public static readonly JsonEncodedText Workload = JsonEncodedText.Encode("workload");
        public static readonly JsonEncodedText Size = JsonEncodedText.Encode("size");
        public static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
        public static readonly JsonEncodedText Degree = JsonEncodedText.Encode("degree");
        public static readonly JsonEncodedText TaskIndex = JsonEncodedText.Encode("taskIndex");
        public static readonly JsonEncodedText Attempt = JsonEncodedText.Encode("attempt");
        public static readonly JsonEncodedText HostId = JsonEncodedText.Encode("hostId");
        public static readonly JsonEncodedText ProcessId = JsonEncodedText.Encode("processId");
        public static readonly JsonEncodedText ThreadId = JsonEncodedText.Encode("threadId");
        public static readonly JsonEncodedText QueuedMs = JsonEncodedText.Encode("queuedMs");
        public static readonly JsonEncodedText StartedMs = JsonEncodedText.Encode("startedMs");
        public static readonly JsonEncodedText FinishedMs = JsonEncodedText.Encode("finishedMs");
        public static readonly JsonEncodedText Checksum = JsonEncodedText.Encode("checksum");
        public static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
    }
}
