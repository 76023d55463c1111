using System.Threading.Tasks.Sources;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A single task for which somebody waits. The continuation runs on the thread that read the result.</summary>
internal sealed class TaskRequest : IValueTaskSource<ulong>
{
    private ManualResetValueTaskSourceCore<ulong> _core;

    public TaskRequest(int index) => Index = index;

    public int Index { get; }

    public ValueTask<ulong> Result => new(this, _core.Version);

    public void Succeed(ulong checksum) => _core.SetResult(checksum);

    public void Fail(Exception exception) => _core.SetException(exception);

    public ulong GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
