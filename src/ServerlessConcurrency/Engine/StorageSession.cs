using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Reporting;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Queues;

namespace ServerlessConcurrency.Engine;

/// <summary>The storage that --connection means, for the length of a command; an Azurite that it started ends with it.</summary>
internal sealed class StorageSession : IAsyncDisposable
{
    private readonly StorageConnection? _connection;
    private readonly AzureExperimentStore? _azure;
    private readonly string _resultsPath;

    private StorageSession(ResultsFolder files, string resultsPath, IProgress<string> notes, StorageConnection? connection)
    {
        Files = files;
        Notes = notes;
        _resultsPath = resultsPath;
        _connection = connection;
        _azure = connection is null ? null : new AzureExperimentStore(
            connection.Account, TimeProvider.System, id => ExperimentLease.IsAbandoned(ResultsFolder.PathOf(resultsPath, id)), notes);
    }

    /// <summary>The folder of results, to which everything is written, with storage or without.</summary>
    public ResultsFolder Files { get; }

    /// <summary>Where experiments are kept: without storage, in the files.</summary>
    public IExperimentStore Store => (IExperimentStore?)_azure ?? Files;

    /// <summary>Is told what people should know meanwhile.</summary>
    public IProgress<string> Notes { get; }

    /// <summary>The account; null without storage.</summary>
    public StorageAccount? Account => _connection?.Account;

    /// <summary>Opens it, and makes sure that it answers.</summary>
    /// <exception cref="StorageConnectionException">The connection or the prefix is malformed.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or Azurite cannot be started.</exception>
    public static async Task<StorageSession> OpenAsync(CliContext context, CancellationToken cancellationToken)
    {
        TimeSpan? patience = context.Patience;
        var notes = new ContextNotes(context);
        var files = new ResultsFolder(context.ResultsPath, TimeProvider.System, notes);
        if (context.ShowsSecret)
        {
            notes.Report(
                "Other users of this machine see the key in --connection in the list of processes: put the connection into the environment variable "
                + $"{CommonOptions.ConnectionVariable} instead.");
        }

        if (context.Connection == StorageConnection.None)
            return new StorageSession(files, context.ResultsPath, notes, connection: null);

        var options = new StorageOptions { Prefix = context.StoragePrefix };
        if (patience is not null)
            options = options with { Patience = patience.Value };
        StorageConnection connection = await StorageConnection.OpenAsync(
            context.Connection, options, log: notes, cancellationToken: cancellationToken);
        var session = new StorageSession(files, context.ResultsPath, notes, connection);
        try
        {
            await session._azure!.PrepareAsync(cancellationToken);
            if (connection.EmulatorStartedAt is { } started)
            {
                await TaskHubCleanup.DeleteAbandonedAsync(connection.Account, started, cancellationToken);
                await QueueLeftovers.DeleteAbandonedAsync(connection.Account, started, session.Store, cancellationToken);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finds out whether the storage answers.</summary>
    /// <exception cref="StorageUnavailableException">It does not.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) => _azure?.CheckAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Tells other programs, as long as it is held, that this one runs an experiment; null where the folder cannot be written.</summary>
    public ExperimentLease? TryLease(string experimentId)
    {
        try
        {
            return ExperimentLease.Take(ResultsFolder.PathOf(_resultsPath, experimentId));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever writes results there says so.
            return null;
        }
    }

    /// <summary>Reads what is left of an experiment that was interrupted, so that what is damaged is found before anything of it is touched.</summary>
    /// <param name="isOfFiles">Whether its timings are taken from the files, not from the storage.</param>
    /// <returns>The experiment with those runs that have all of their timings.</returns>
    /// <exception cref="InvalidDataException">Something cannot be read; the message names it.</exception>
    public async Task<ExperimentDocument> ReadWholeRunsAsync(ExperimentDocument interrupted, bool isOfFiles, CancellationToken cancellationToken)
    {
        var whole = new HashSet<string>(StringComparer.Ordinal);
        await foreach (RunTimings run in (isOfFiles ? Files : Store).ReadTimingsAsync(interrupted, cancellationToken))
            if (MissingTimings.AreNoneOf(run))
                whole.Add(run.Run.RunId);
        return interrupted with { Runs = [.. interrupted.Runs.Where(run => whole.Contains(run.RunId))] };
    }

    /// <summary>Takes an experiment over that was interrupted: its files are written from the beginning on.</summary>
    /// <param name="isOfFiles">Whether its timings are taken from the files, not from the storage.</param>
    public InterruptedExperiment TakeOver(ExperimentDocument interrupted, bool isOfFiles)
    {
        IAsyncEnumerable<RunTimings> aside = Files.PutAside(interrupted, out Action takenOver);
        return new InterruptedExperiment(interrupted, isOfFiles ? aside : Store.ReadTimingsAsync(interrupted), takenOver);
    }

    /// <summary>What takes the results of an experiment. Files first: they are there even when the storage goes down.</summary>
    public IReadOnlyList<IExperimentSink> CreateSinks() =>
    [
        new StoreSink(Files, TimeProvider.System, Exporters.Reports),
        .. _azure is null ? Array.Empty<IExperimentSink>() : [new BufferedSink(new StoreSink(_azure, TimeProvider.System, rendered: Files), TimeProvider.System)],
    ];

    public async ValueTask DisposeAsync()
    {
        await Files.DisposeAsync();
        if (_azure is not null)
            await _azure.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private sealed class ContextNotes(CliContext context) : IProgress<string>
    {
        public void Report(string value) => context.Note(value);
    }
}
