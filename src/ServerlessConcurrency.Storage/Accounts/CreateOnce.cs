namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>Creates something on first use, once in the life of a program; a failed try does not count.</summary>
/// <param name="createAsync">Creates it, unless it exists.</param>
/// <param name="create">Does the same and blocks; null where nobody blocks.</param>
internal sealed class CreateOnce(Func<CancellationToken, Task> createAsync, Action<CancellationToken>? create = null) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _created;

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_created)
            return;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_created)
                await createAsync(cancellationToken).ConfigureAwait(false);
            _created = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Ensure(CancellationToken cancellationToken)
    {
        if (_created)
            return;
        _gate.Wait(cancellationToken);
        try
        {
            if (!_created)
                create!(cancellationToken);
            _created = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
