namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>An assembly has no workloads that can be run, or items cannot be read.</summary>
public sealed class OwnCodeException : Exception
{
    public OwnCodeException(string message, Exception? inner = null)
        : base(message, inner) => Mistakes = [message];

    /// <param name="path">The assembly.</param>
    /// <param name="mistakes">What is wrong with its workloads, one or more.</param>
    internal OwnCodeException(string path, IReadOnlyList<string> mistakes)
        : base($"{path}: {string.Join("; ", mistakes)}") => Mistakes = mistakes;

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
