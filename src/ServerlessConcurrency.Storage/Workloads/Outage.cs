using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Workloads;

/// <summary>
/// Remembers that the storage was waited for in vain: the tasks that follow fail at once, instead of each after the same patience. Safe for all
/// threads.
/// </summary>
internal sealed class Outage
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);
    private volatile Failure? _last;

    /// <summary>Uses the storage, unless it was waited for in vain a moment ago.</summary>
    /// <exception cref="StorageUnavailableException">It was, or it is now.</exception>
    public T Guard<TState, T>(Func<TState, T> use, TState state)
    {
        ThrowIfRecent();
        try
        {
            return use(state);
        }
        catch (StorageUnavailableException exception)
        {
            Begin(exception);
            throw;
        }
    }

    /// <inheritdoc cref="Guard"/>
    public async Task<T> GuardAsync<T>(Func<Task<T>> use)
    {
        ThrowIfRecent();
        try
        {
            return await use();
        }
        catch (StorageUnavailableException exception)
        {
            Begin(exception);
            throw;
        }
    }

    // One that fails at once does not make it longer.
    private void Begin(StorageUnavailableException exception)
    {
        if (!IsRecent(_last))
            _last = new Failure(exception.Message, Stopwatch.GetTimestamp());
    }

    private void ThrowIfRecent()
    {
        if (_last is { } failure && IsRecent(failure))
            throw new StorageUnavailableException(failure.Message);
    }

    private static bool IsRecent(Failure? failure) => failure is not null && Stopwatch.GetElapsedTime(failure.At) < Length;

    private sealed record Failure(string Message, long At);
}
