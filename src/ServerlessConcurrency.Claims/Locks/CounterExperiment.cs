using ServerlessConcurrency.Claims.Python;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>Counts in rounds, each of which has every way once with all workers and once with one alone.</summary>
internal sealed record CounterExperiment
{
    // One worker alone has nobody to race with: what it costs is known sooner.
    private const int AloneDivisor = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly IncrementWay[] ThreadWays =
        [IncrementWay.NoLock, IncrementWay.Interlocked, IncrementWay.Lock, IncrementWay.SemaphoreSlim];

    private static readonly IncrementWay[] ProcessWays =
        [IncrementWay.NoLock, IncrementWay.Interlocked, IncrementWay.NamedMutex, IncrementWay.FileLock];

    /// <summary>What is really done for a way: the way itself, unless a test breaks it.</summary>
    public Func<IncrementWay, IncrementWay> Substitute { get; init; } = static way => way;

    /// <summary>The CPython side.</summary>
    public PythonScript Script { get; init; } = PythonScript.Load("shared_counter");

    /// <summary>Counts in .NET.</summary>
    /// <param name="context">What there is to measure with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The trials, in their order.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IReadOnlyList<CounterTrial>> RunAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        var trials = new List<CounterTrial>();
        using var threads = new CounterThreads();
        using CounterProcesses processes = await CounterProcesses.StartAsync(context, cancellationToken);
        await using (cancellationToken.UnsafeRegister(static state => ((CounterProcesses)state!).Kill(), processes))
            await Task.Run(RunAll, cancellationToken).WaitAsync(cancellationToken);
        return trials;

        void RunAll()
        {
            WarmUp(threads, ThreadWays);
            WarmUp(processes, ProcessWays);
            for (int round = 0; round < Rounds(context); round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                trials.AddRange(RunRound(threads, ThreadWays));
                trials.AddRange(RunRound(processes, ProcessWays));
            }
        }
    }

    /// <summary>Counts in CPython.</summary>
    /// <param name="context">What there is to measure with.</param>
    /// <param name="python">The interpreter.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The trials, in their order.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="PythonException">The script failed or took too long.</exception>
    public async Task<IReadOnlyList<CounterTrial>> RunAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        PythonCounterTrials result = await python.RunAsync<PythonCounterTrials>(
            Script, new { Rounds = Rounds(context) }, Limit, cancellationToken);
        return result.Trials;
    }

    /// <summary>How a way is called.</summary>
    public static string Describe(IncrementWay way) => way switch
    {
        IncrementWay.NoLock => CounterTrial.NoLock,
        IncrementWay.Lock => "lock",
        IncrementWay.NamedMutex => "named Mutex",
        IncrementWay.FileLock => "file lock",
        _ => way.ToString(),
    };

    private static int Rounds(ClaimContext context) => context.Choose(quick: 6, full: 40);

    private void WarmUp(ICounterCrew crew, IncrementWay[] ways)
    {
        foreach (IncrementWay way in ways)
            crew.Run(Substitute(way), crew.Size, increments: 100);
    }

    private IEnumerable<CounterTrial> RunRound(ICounterCrew crew, IncrementWay[] ways)
    {
        foreach (IncrementWay way in ways)
        {
            foreach (int workers in (int[])[crew.Size, 1])
            {
                IncrementWay done = Substitute(way);
                int increments = IncrementsOf(done) / (workers > 1 ? 1 : AloneDivisor);
                (long counted, double seconds) = crew.Run(done, workers, increments);
                yield return new CounterTrial(crew.Scope, Describe(way), workers, (long)workers * increments, counted, seconds);
            }
        }
    }

    // The unprotected way outlasts several time slices of the scheduler, some milliseconds each: where workers share a processor, only a slice
    // that ends between a read and its write loses increments. The others last about as long.
    private static int IncrementsOf(IncrementWay way) => way switch
    {
        IncrementWay.NoLock => 3_000_000,
        IncrementWay.Interlocked => 800_000,
        IncrementWay.Lock => 100_000,
        IncrementWay.SemaphoreSlim => 40_000,
        IncrementWay.NamedMutex => 8_000,
        _ => 1_600,
    };
}
