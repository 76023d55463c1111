namespace ServerlessConcurrency.Validation;

/// <summary>One promise of the method of measurement, put to the test.</summary>
internal abstract class Check
{
    /// <summary>The name by which it is asked for.</summary>
    public abstract string Name { get; }

    /// <summary>What is done, in a few words.</summary>
    public abstract string Subject { get; }

    /// <summary>Carries it out.</summary>
    /// <param name="seed">The seed of everything that is simulated or shuffled.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <returns>What was promised and what was found.</returns>
    public abstract Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress);
}
