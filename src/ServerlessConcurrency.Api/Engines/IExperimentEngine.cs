using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Engines;

/// <summary>What the HTTP API needs of the engine behind it: the local one in <c>serve</c>, or Durable Functions.</summary>
public interface IExperimentEngine
{
    /// <summary>What a spec may ask of this engine.</summary>
    SpecRules Rules { get; }

    /// <summary>Where experiments run, as far as it is known before one starts.</summary>
    EnvironmentInfo Environment { get; }

    /// <summary>Whether this process measures nothing and nothing waits, so that it may tidy up; in Azure it does not know.</summary>
    bool IsIdle => false;

    /// <summary>The experiments of this process that have not ended, as they are now, whatever the store knows of them; in Azure it does not know.</summary>
    IReadOnlyList<MeasurementDocument> UnderWay => [];

    /// <summary>Finds out whether an experiment that is started now could be stored; in Azure nobody is asked.</summary>
    /// <exception cref="StorageUnavailableException">It could not.</exception>
    Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Starts an experiment, or lines it up behind those under way; returns before it has run. Does nothing for one that the engine
    /// has already: a client that got no answer asks again.
    /// </summary>
    Task StartAsync(MeasurementDocument document, CancellationToken cancellationToken);

    /// <summary>Makes sure that an experiment is not found later that was refused because it could not be stored, and yet may have been.</summary>
    void Refuse(string id)
    {
    }

    /// <summary>Brings what the store knows of an experiment up to date with what the engine knows: its status and progress.</summary>
    Task<MeasurementDocument> ObserveAsync(MeasurementDocument stored, CancellationToken cancellationToken);

    /// <summary>Ends an experiment and keeps what was measured: it is stored with status <see cref="ExperimentStatus.Cancelled"/>.</summary>
    Task CancelAsync(MeasurementDocument stored, CancellationToken cancellationToken);

    /// <summary>
    /// Makes an experiment ready to be removed from the store: ends it if it is under way, without keeping anything, and removes
    /// what the engine itself knows of it.
    /// </summary>
    Task ForgetAsync(MeasurementDocument stored, CancellationToken cancellationToken);
}
