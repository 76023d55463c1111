using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.Tests.InMemory;

/// <summary>Of an app without storage: nobody writes any.</summary>
internal sealed class NoTaskResults : ITaskResults
{
    public Task CreateAsync(string experimentId, CancellationToken cancellationToken = default) => throw new NotSupportedException("there is no storage");

    public Task WriteAsync(
        string experimentId, string runId, long runBeganTicks, IReadOnlyList<TaskAttempt> attempts, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("there is no storage");

    public IAsyncEnumerable<TaskAttempt> ReadAsync(
        string experimentId, string runId, long runBeganTicks, int fromTaskIndex, int toTaskIndex, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("there is no storage");

    public Task DeleteAsync(string experimentId, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
