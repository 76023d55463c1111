using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
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
        WriteMilliseconds(Columns.QueuedMs, timing.QueuedMs);
        WriteMilliseconds(Columns.StartedMs, timing.StartedMs);
        WriteMilliseconds(Columns.FinishedMs, timing.FinishedMs);
        WriteChecksum(Columns.Checksum, timing.Checksum);
        json.WriteString(Columns.Outcome, RowText.Outcome(timing.Outcome));
        EndObject();
    }
}
