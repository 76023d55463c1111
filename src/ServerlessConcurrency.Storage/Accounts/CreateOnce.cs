namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>Creates something on first use, once in the life of a program; a failed try does not count.</summary>
/// <param name="create">Creates it, unless it exists.</param>
internal sealed class CreateOnce(Func<CancellationToken, Task> create) : IDisposable
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
                await create(cancellationToken).ConfigureAwait(false);
            _created = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
