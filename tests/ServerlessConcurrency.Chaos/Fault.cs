namespace ServerlessConcurrency.Chaos;

/// <summary>Something that happens to the program while it measures, or all the time.</summary>
internal abstract class Fault
{
    /// <summary>For options and the table.</summary>
    public abstract string Name { get; }

    /// <summary>What happens, for people.</summary>
    public abstract string Happens { get; }

    /// <summary>How the program may end; see docs/reliability.md.</summary>
    public abstract IReadOnlyList<int> ExitCodes { get; }

    /// <summary>Whether the emulator is the program's own, which it finds by itself.</summary>
    public virtual bool NeedsOwnEmulator => false;

    /// <summary>Whether the experiment runs on hosts of the Functions app.</summary>
    public virtual bool NeedsHosts => false;

    /// <summary>What this machine lacks for it; null: nothing.</summary>
    public virtual string? Lacks => null;

    /// <summary>Whether tasks must run in processes of their own.</summary>
    public virtual bool NeedsChildren => false;

    /// <summary>Whether what the emulator had not saved may be lost.</summary>
    public virtual bool MayLoseStorage => false;

    /// <summary>Whether files may lack what the storage has.</summary>
    public virtual bool MayLoseFiles => false;

    /// <summary>What starts the program, e.g. a shell that sets limits.</summary>
    public virtual IReadOnlyList<string> Prefix(Random random) => [];

    /// <summary>Further variables of its environment, each <c>NAME=VALUE</c>.</summary>
    public virtual IReadOnlyList<string> Variables(Random random) => [];

    /// <summary>Interferes with the program, and returns when it has.</summary>
    public abstract Task InflictAsync(Scene scene, Random random);

    /// <summary>What is done after the program has ended, e.g. to complete the experiment.</summary>
    /// <returns>Its exit code from now on.</returns>
    public virtual Task<int> RecoverAsync(Scene scene, int exitCode) => Task.FromResult(exitCode);
}
