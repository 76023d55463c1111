using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api;

/// <summary>What the HTTP API needs of the engine behind it: the local one in <c>serve</c>, or Durable Functions.</summary>
public interface IExperimentEngine
{
    /// <summary>What a spec may ask of this engine.</summary>
    SpecRules Rules { get; }

    /// <summary>Where experiments run, as far as it is known before one starts.</summary>
    EnvironmentInfo Environment { get; }

    /// <summary>
    /// Starts an experiment, or lines it up behind those under way; returns before it has run. Does nothing for one that the engine
    /// has already: a client that got no answer asks again.
    /// </summary>
    /// <param name="document">The experiment, which the store has already, with status <see cref="ExperimentStatus.Pending"/>.</param>
    /// <param name="cancellationToken">Gives up starting it; does not end it.</param>
    /// <returns>A task that ends when the engine has it.</returns>
    Task StartAsync(ExperimentDocument document, CancellationToken cancellationToken);

    /// <summary>Brings what the store knows of an experiment up to date with what the engine knows: its status and progress.</summary>
    /// <param name="stored">The experiment as it is stored; one that has ended is returned as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The experiment as it is now.</returns>
    Task<ExperimentDocument> ObserveAsync(ExperimentDocument stored, CancellationToken cancellationToken);

    /// <summary>Ends an experiment and keeps what was measured: it is stored with status <see cref="ExperimentStatus.Cancelled"/>.</summary>
    /// <param name="stored">The experiment as it is stored; nothing happens to one that has ended.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that ends when the experiment has ended and is stored.</returns>
    Task CancelAsync(ExperimentDocument stored, CancellationToken cancellationToken);

    /// <summary>
    /// Makes an experiment ready to be removed from the store: ends it if it is under way, without keeping anything, and removes
    /// what the engine itself knows of it.
    /// </summary>
    /// <param name="stored">The experiment as it is stored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the engine no longer writes anything of it.</returns>
    Task ForgetAsync(ExperimentDocument stored, CancellationToken cancellationToken);
}
