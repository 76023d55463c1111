using Azure;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs.Models;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>
/// Creates a table or container on first use, and again where it turns out to be gone: an emulator may have been restarted empty, or somebody
/// has deleted it. A failed try does not count.
/// </summary>
/// <param name="createAsync">Creates it, unless it exists.</param>
/// <param name="create">Does the same and blocks; null where nobody blocks.</param>
internal sealed class CreateOnce(Func<CancellationToken, Task> createAsync, Action<CancellationToken>? create = null) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _created;

    /// <summary>Uses it; what fails because it is gone is tried once more.</summary>
    public async Task<T> UseAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await use().ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (IsGone(exception))
        {
            _created = false;
        }

        await EnsureAsync(cancellationToken).ConfigureAwait(false);
        return await use().ConfigureAwait(false);
    }

    /// <summary>As <see cref="UseAsync{T}"/>, and blocks.</summary>
    public T Use<TState, T>(Func<TState, T> use, TState state, CancellationToken cancellationToken)
    {
        Ensure(cancellationToken);
        try
        {
            return use(state);
        }
        catch (RequestFailedException exception) when (IsGone(exception))
        {
            _created = false;
        }

        Ensure(cancellationToken);
        return use(state);
    }

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
        catch (RequestFailedException exception) when (BeingDeleted.IsReason(exception))
        {
            throw BeingDeleted.Translate(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Ensure(CancellationToken cancellationToken)
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
        catch (RequestFailedException exception) when (BeingDeleted.IsReason(exception))
        {
            throw BeingDeleted.Translate(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static bool IsGone(RequestFailedException exception) =>
        exception.ErrorCode == TableErrorCode.TableNotFound || exception.ErrorCode == BlobErrorCode.ContainerNotFound || BeingDeleted.IsReason(exception);
}
