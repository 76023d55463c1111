using System.Globalization;
using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>
/// Writes trace.json. The times of each run start at 0, so the runs are laid one after another; they form a lane of their
/// own, above the hosts.
/// </summary>
internal sealed class TraceWriter(string experimentId, Stream output) : JsonTimingWriter(output)
{
    /// <summary>The pause that is drawn between two runs, in microseconds.</summary>
    public const long GapMicroseconds = 5_000;

    private readonly TraceTracks _tracks = new();
    private int _runsProcess;
    private int _runsThread;
    private TraceSlice[] _slices = [];
    private JsonEncodedText _taskName;
    private JsonEncodedText _category;
    private JsonEncodedText _runId;
    private long _runBegin;
    private long _end;

    protected override void BeginRun(RunTimings run)
    {
        RunResult result = run.Run;
        _taskName = Text($"{result.Workload} {result.Size}");
        _category = Text(result.Model);
        _runId = Text(result.RunId);
        _slices = TraceLayout.Create(run.Timings);

        // Clocks of different machines may differ: a task that seems to begin before its run must not reach into the last one.
        long earliest = Math.Min(0, _slices.Length == 0 ? 0 : _slices.Min(slice => slice.Begin));
        long wall = TraceLayout.Microseconds(result.WallMs);
        long latest = Math.Max(wall, _slices.Length == 0 ? 0 : _slices.Max(slice => slice.End));
        _runBegin = (_end == 0 ? 0 : _end + GapMicroseconds) - earliest;
        _end = _runBegin + latest;
        WriteRun(result, wall);
    }

    protected override void WriteRow(RunTimings run, int row)
    {
        TraceSlice slice = _slices[row];
        TaskTiming timing = run.Timings[slice.Row];
        (int process, int thread) = Track(timing, slice.Lane);
        Utf8JsonWriter json = BeginSlice(_taskName, process, thread, _runBegin + slice.Begin, slice.End - slice.Begin);
        json.WriteStartObject(Names.Args);
        json.WriteString(Names.RunId, _runId);
        json.WriteNumber(Names.TaskIndex, timing.TaskIndex);
        json.WriteNumber(Names.Attempt, timing.Attempt);
        WriteMilliseconds(Names.QueuedMs, timing.QueuedMs);
        WriteChecksum(Names.Checksum, timing.Checksum);
        json.WriteString(Names.Outcome, RowText.Outcome(timing.Outcome));
        json.WriteEndObject();
        EndObject();
    }

    private void WriteRun(RunResult run, long wall)
    {
        if (_runsProcess == 0)
        {
            _runsProcess = _tracks.MakeUpId();
            _runsThread = _tracks.MakeUpId();
            WriteProcess(_runsProcess, $"experiment {experimentId}", sortIndex: -1);
            WriteThread(_runsProcess, _runsThread, "runs", sortIndex: 0);
        }

        JsonEncodedText name = Text($"{run.Model}: {run.Workload} {run.Size}, round {run.Round}");
        Utf8JsonWriter json = BeginSlice(name, _runsProcess, _runsThread, _runBegin, wall);
        json.WriteStartObject(Names.Args);
        json.WriteString(Names.RunId, _runId);
        json.WriteNumber("round", run.Round);
        json.WriteString("workload", run.Workload);
        json.WriteNumber("size", run.Size);
        json.WriteString("model", run.Model);
        json.WriteNumber("degree", run.Degree);
        json.WriteNumber("tasks", run.Tasks);
        WriteMilliseconds(Names.WallMs, run.WallMs);
        if (run.CpuMs is { } cpuMs)
            WriteMilliseconds(Names.CpuMs, cpuMs);
        json.WriteNumber("failed", run.Failed);
        if (run.Error is not null)
            json.WriteString("error", run.Error);
        json.WriteEndObject();
        EndObject();
    }

    private (int Process, int Thread) Track(in TaskTiming timing, int lane)
    {
        int process = _tracks.Process(timing.HostId, timing.ProcessId, out bool isNewProcess);
        if (isNewProcess)
            WriteProcess(process, timing.HostId, sortIndex: 0);
        int thread = _tracks.Thread(process, timing.ThreadId, lane, out bool isNewThread);
        if (isNewThread)
            WriteThread(process, thread, ThreadName(timing.ThreadId, lane), SortIndex(timing.ThreadId, lane));
        return (process, thread);
    }

    private static string ThreadName(int threadId, int lane)
    {
        string name = threadId == 0
            ? "thread not known"
            : string.Create(CultureInfo.InvariantCulture, $"thread {threadId}");
        return lane == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}, lane {lane + 1}");
    }

    // Threads first, then the lanes by thread; the bounds keep the number within 32 bits.
    private static int SortIndex(int threadId, int lane)
    {
        int thread = Math.Clamp(threadId, 0, 99_999);
        return lane == 0 ? thread : 100_000 + (thread * 10_000) + Math.Min(lane, 9_999);
    }

    private void WriteProcess(int process, string name, int sortIndex)
    {
        WriteMetadata("process_name", process, thread: process, name, sortIndex: null);
        WriteMetadata("process_sort_index", process, thread: process, name: null, sortIndex);
    }

    private void WriteThread(int process, int thread, string name, int sortIndex)
    {
        WriteMetadata("thread_name", process, thread, name, sortIndex: null);
        WriteMetadata("thread_sort_index", process, thread, name: null, sortIndex);
    }

    private void WriteMetadata(string metadata, int process, int thread, string? name, int? sortIndex)
    {
        Utf8JsonWriter json = BeginObject();
        json.WriteString(Names.Name, metadata);
        json.WriteString(Names.Phase, Names.Metadata);
        json.WriteNumber(Names.ProcessId, process);
        json.WriteNumber(Names.ThreadId, thread);
        json.WriteStartObject(Names.Args);
        if (name is not null)
            json.WriteString("name", name);
        if (sortIndex is not null)
            json.WriteNumber("sort_index", sortIndex.Value);
        json.WriteEndObject();
        EndObject();
    }

    private Utf8JsonWriter BeginSlice(JsonEncodedText name, int process, int thread, long begin, long duration)
    {
        Utf8JsonWriter json = BeginObject();
        json.WriteString(Names.Name, name);
        json.WriteString(Names.Category, _category);
        json.WriteString(Names.Phase, Names.Complete);
        json.WriteNumber(Names.ProcessId, process);
        json.WriteNumber(Names.ThreadId, thread);
        json.WriteNumber(Names.Timestamp, begin);
        json.WriteNumber(Names.Duration, duration);
        return json;
    }

    private static JsonEncodedText Text(string text) => JsonEncodedText.Encode(text);
}
