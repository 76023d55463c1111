using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>
/// Holds looks for messages back while no run is under way, so that host processes which wait for one do not disturb the runs of other models.
/// A look that has waited for the longest goes out: the framework gives up on requests that take minutes.
/// </summary>
internal sealed class RunGate : HttpPipelinePolicy
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private volatile TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _opened.TrySetResult();

    public void Close()
    {
        if (_opened.Task.IsCompleted)
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Task opened = _opened.Task;
        if (!opened.IsCompleted && IsLook(message.Request))
            await Task.WhenAny(opened, Task.Delay(LongestWait, message.CancellationToken));
        await ProcessNextAsync(message, pipeline);
    }

    private static bool IsLook(Request request) =>
        request.Method == RequestMethod.Get && request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal);
}
