using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>What the host processes tell of the run under way: what each is at, and what its orchestration has recorded.</summary>
/// <param name="progressed">Called when an activity has ended without its host.</param>
internal sealed class RecordingInbox(Action progressed)
{
    private readonly ConcurrentDictionary<int, ActivityInHand> _inHand = new();
    private readonly ConcurrentDictionary<(int ProcessId, int FirstTask), List<TaskAttempt>> _parts = new();
    private readonly ConcurrentDictionary<int, RunRecording> _recordings = new();
    private TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _runId;

    /// <summary>Ends when the run is complete.</summary>
    public Task Complete => _complete.Task;

    /// <summary>What was recorded, a generation after the other.</summary>
    public IEnumerable<RunRecording> Recordings => _recordings.OrderBy(recording => recording.Key).Select(recording => recording.Value);

    public void Begin(string runId)
    {
        _runId = runId;
        _inHand.Clear();
        _parts.Clear();
        _recordings.Clear();
        _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The first task of what a process was at when it died; null where it was at nothing.</summary>
    public int? TakeInHand(int processId) =>
        _inHand.TryRemove(processId, out ActivityInHand? activity) && activity.RunId == _runId ? activity.FirstTask : null;

    public void Take(int processId, Frame frame)
    {
        switch (frame.Kind)
        {
            case HubProtocol.InHand:
                // Who begins another activity has ended the one before.
                if (_inHand.ContainsKey(processId))
                    progressed();
                _inHand[processId] = frame.ReadJson<ActivityInHand>();
                break;
            case HubProtocol.Attempts:
                RecordedAttempts part = frame.ReadJson<RecordedAttempts>();
                if (part.RunId == _runId)
                    _parts.GetOrAdd((processId, part.FirstTask), static _ => []).AddRange(part.Attempts);
                break;
            case HubProtocol.Recorded:
                Take(processId, frame.ReadJson<RunRecording>());
                break;
            default:
                throw new InvalidDataException($"unknown frame {frame.Kind}");
        }
    }

    private void Take(int processId, RunRecording recording)
    {
        if (recording.Order.RunId != _runId)
            return;
        _parts.TryRemove((processId, recording.FirstTask), out List<TaskAttempt>? attempts);
        // Recorded again after its host was lost, it is the same.
        _recordings.TryAdd(recording.FirstTask, recording with { Attempts = attempts ?? [] });
        if (recording.Totals is not null)
            _complete.TrySetResult();
    }
}
