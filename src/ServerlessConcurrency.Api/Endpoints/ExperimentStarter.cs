using System.Text.Json;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Stores new experiments and hands them to the engine, each once.</summary>
internal sealed class ExperimentStarter(IExperimentStore store, IExperimentEngine engine, TimeProvider clock)
{
    // Two requests with the same id must not both find that there is no such experiment; static, for hosts that make an
    // engine for each request.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private const string NotStarted = "could not be started: ";

    /// <summary>Starts an experiment, unless there is one of the id already.</summary>
    /// <param name="requestedId">The id that the client has chosen; null: a new one.</param>
    /// <exception cref="ExperimentConflictException">There is an experiment of that id with another spec.</exception>
    /// <exception cref="EngineBusyException">The engine takes no more; nothing is stored.</exception>
    /// <exception cref="EngineUnavailableException">The engine takes none now; nothing is stored.</exception>
    public async Task<string> StartAsync(MeasurementSpec spec, string? requestedId)
    {
        if (requestedId is null)
        {
            string id = ExperimentId.Create(clock.GetUtcNow());
            await StartNewAsync(id, spec);
            return id;
        }

        await OneAtATime.WaitAsync();
        try
        {
            if (await store.FindAsync(requestedId) is { } stored)
                await StartAgainAsync(stored, spec);
            else
                await StartNewAsync(requestedId, spec);
            return requestedId;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    // From here on the client may go away: an experiment that is stored is to be started, too.
    private async Task StartNewAsync(string id, MeasurementSpec spec)
    {
        MeasurementDocument document = MeasurementDocument.Of(
            spec, id, ExperimentStatus.Pending, clock.GetUtcNow(), engine.Environment);
        try
        {
            await store.SaveAsync(document);
        }
        catch (StorageUnavailableException)
        {
            // It may be stored all the same.
            engine.Refuse(id);
            throw;
        }

        try
        {
            await engine.StartAsync(document, CancellationToken.None);
        }
        catch (Exception exception) when (exception is EngineBusyException or EngineUnavailableException)
        {
            await store.DeleteAsync(id);
            throw;
        }
        catch (ExperimentConflictException)
        {
            // Another program was faster, and it is stored as it says.
            throw;
        }
        catch (Exception exception)
        {
            await FailAsync(document, exception);
            throw;
        }
    }

    private async Task StartAgainAsync(MeasurementDocument stored, MeasurementSpec spec)
    {
        if (Json(stored.Spec) != Json(spec))
        {
            throw new ExperimentConflictException(
                $"there is an experiment {stored.Id} already, with another spec; send another {ApiRoutes.IdHeader}, or none");
        }

        // The program may have ended after it was stored and before the engine had it.
        if (stored.Status == ExperimentStatus.Pending)
            await engine.StartAsync(stored, CancellationToken.None);
        else if (stored is { Status: ExperimentStatus.Failed, Error: { } error } && error.StartsWith(NotStarted, StringComparison.Ordinal))
            await StartNewAsync(stored.Id, spec);
    }

    private async Task FailAsync(MeasurementDocument document, Exception exception)
    {
        try
        {
            await store.SaveAsync(document with
            {
                Status = ExperimentStatus.Failed,
                FinishedAt = clock.GetUtcNow(),
                Error = NotStarted + exception.Message,
            });
        }
        catch (Exception failure) when (failure is StorageUnavailableException or IOException or UnauthorizedAccessException)
        {
            // Why it could not be started is the better answer.
        }
    }

    private static string Json(MeasurementSpec spec) => JsonSerializer.Serialize(spec, ExperimentJson.Compact);
}
