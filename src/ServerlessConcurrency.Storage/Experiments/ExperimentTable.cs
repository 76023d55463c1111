using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Rows;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>Table <c>experiments</c>: one entity per experiment.</summary>
internal sealed class ExperimentTable : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Predicate<string> _hasEnded;
    private readonly IProgress<string>? _notes;
    private readonly TableClient _table;
    private readonly CreateOnce _creation;

    /// <param name="notes">Is told what cannot be read; null: nobody is.</param>
    /// <param name="hasEnded">Whether the program that runs an experiment is known to have ended.</param>
    public ExperimentTable(StorageAccount account, TimeProvider clock, Predicate<string> hasEnded, IProgress<string>? notes)
    {
        _clock = clock;
        _hasEnded = hasEnded;
        _notes = notes;
        _table = account.Tables.GetTableClient(account.Names.Experiments);
        _creation = new CreateOnce(new RowTable(_table).CreateAsync);
    }

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => _creation.EnsureAsync(cancellationToken);

    public async Task WriteAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        TableEntity entity = ExperimentEntity.From(document, _clock.GetUtcNow());
        await _creation.UseAsync(
            () => _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces the entity of an experiment that has not ended; looks again where somebody else wrote in between.</summary>
    public async Task<bool> AdvanceAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindEntityAsync(document.Id, cancellationToken).ConfigureAwait(false) is not { } known)
                return false;
            MeasurementDocument last = ExperimentEntity.ToDocument(known, _clock.GetUtcNow(), _hasEnded);
            if (last.Status.HasEnded())
                return false;
            try
            {
                // Whoever tells it a second time, or late, does not take it back.
                bool isFurther = last.Progress.RunsDone > document.Progress.RunsDone;
                TableEntity entity = ExperimentEntity.From(isFurther ? document with { Progress = last.Progress } : document, _clock.GetUtcNow());
                await _table.UpdateEntityAsync(entity, known.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412)
            {
                // It was deleted, or is no longer what it was.
            }
        }
    }

    /// <summary>Tells that the program that runs the experiment is alive; does not bring a deleted experiment back.</summary>
    public async Task TouchAsync(string experimentId, CancellationToken cancellationToken)
    {
        var change = new TableEntity(ExperimentEntity.Partition, ExperimentEntity.RowKey(experimentId))
        {
            [ExperimentEntity.UpdatedAtColumn] = _clock.GetUtcNow(),
        };
        try
        {
            await _table.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Merge, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // It was deleted while it runs.
        }
    }

    public async Task<MeasurementDocument?> FindAsync(string experimentId, CancellationToken cancellationToken) =>
        await FindEntityAsync(experimentId, cancellationToken).ConfigureAwait(false) is { } entity
            ? ExperimentEntity.ToDocument(entity, _clock.GetUtcNow(), _hasEnded)
            : null;

    /// <summary>Asks for one that there is not.</summary>
    public Task PingAsync(CancellationToken cancellationToken) =>
        _table.GetEntityIfExistsAsync<TableEntity>(ExperimentEntity.Partition, "ping", cancellationToken: cancellationToken);

    /// <summary>Lists experiments, newest first.</summary>
    /// <param name="afterId">Only those that follow the experiment of this id; null: all.</param>
    public async IAsyncEnumerable<MeasurementDocument> ListAsync(
        string? afterId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string afterKey = afterId is null ? "" : ExperimentEntity.RowKey(afterId);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {ExperimentEntity.Partition} and RowKey gt {afterKey}");
        IAsyncEnumerator<TableEntity> entities = _table
            .QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        // One that has thrown has come to its end.
        await using (entities.ConfigureAwait(false))
            while (await _creation.UseAsync(() => entities.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
                if (TryRead(entities.Current) is { } document)
                    yield return document;
    }

    /// <summary>Deletes an experiment's entity; safe to repeat.</summary>
    public async Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        Response response = await _table.DeleteEntityAsync(
            ExperimentEntity.Partition,
            ExperimentEntity.RowKey(experimentId),
            ETag.All,
            cancellationToken).ConfigureAwait(false);
        return response.Status != 404;
    }

    public void Dispose() => _creation.Dispose();

    // One that cannot be read does not hide the others.
    private MeasurementDocument? TryRead(TableEntity entity)
    {
        try
        {
            return ExperimentEntity.ToDocument(entity, _clock.GetUtcNow(), _hasEnded);
        }
        catch (InvalidDataException exception)
        {
            _notes?.Report($"{entity.GetString("id") ?? entity.RowKey} is left out: {exception.Message}");
            return null;
        }
    }

    private async Task<TableEntity?> FindEntityAsync(string experimentId, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        NullableResponse<TableEntity> found = await _table.GetEntityIfExistsAsync<TableEntity>(
            ExperimentEntity.Partition,
            ExperimentEntity.RowKey(experimentId),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return found.HasValue ? found.Value : null;
    }
}
