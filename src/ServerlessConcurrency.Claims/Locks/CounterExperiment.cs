using System.Diagnostics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>Counts in rounds, each of which has every way once with all workers and once with one alone.</summary>
internal sealed record CounterExperiment
{
    // A full measurement has more than 500 trials, which take longer than 40 ms each where others use the processors.

    private static readonly IncrementWay[] ThreadWays =
        [IncrementWay.NoLock, IncrementWay.Interlocked, IncrementWay.Lock, IncrementWay.SemaphoreSlim];

    private static readonly IncrementWay[] ProcessWays =
        [IncrementWay.NoLock, IncrementWay.Interlocked, IncrementWay.NamedMutex, IncrementWay.FileLock];

    /// <summary>What is really done for a way: the way itself, unless a test breaks it.</summary>
    public Func<IncrementWay, IncrementWay> Substitute { get; init; } = static way => way;

    public PythonScript Script { get; init; } = PythonScript.Load("shared_counter");

    /// <exception cref="TimeoutException">Workers did not take turns, so that nothing would follow from a counter without a loss.</exception>
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

    /// <exception cref="PythonException">The script failed or took too long.</exception>
    public async Task<IReadOnlyList<CounterTrial>> RunAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        await python.RunAsync<List<CounterTrial>>(Script, new { Rounds = Rounds(context) }, cancellationToken);

    public static string Describe(IncrementWay way) => way switch
    {
        IncrementWay.NoLock => CounterTrial.NoLock,
        IncrementWay.Lock => "lock",
        IncrementWay.NamedMutex => "named Mutex",
        IncrementWay.FileLock => "file lock",
        _ => way.ToString(),
    };

    // As many as a verdict needs: see ClaimCriterion.Always, and ClaimCriterion.Sometimes.
    private static int Rounds(ClaimContext context) => context.Choose(quick: 6, full: 72);

    private void WarmUp(ICounterCrew crew, IncrementWay[] ways)
    {
        foreach (IncrementWay way in ways)
            crew.Run(Substitute(way), crew.Size);
    }

    private IEnumerable<CounterTrial> RunRound(ICounterCrew crew, IncrementWay[] ways)
    {
        foreach (IncrementWay way in ways)
        {
            foreach (int workers in (int[])[crew.Size, 1])
            {
                (long counted, IReadOnlyList<CountingInTurns.Stint> stints) = crew.Run(Substitute(way), workers);
                yield return Trial(crew.Scope, Describe(way), counted, stints);
            }
        }
    }

    private static CounterTrial Trial(string scope, string way, long counted, IReadOnlyList<CountingInTurns.Stint> stints) =>
        stints.All(stint => stint.InTurns)
            ? new CounterTrial(
                scope,
                way,
                stints.Count,
                stints.Sum(stint => stint.Increments),
                counted,
                Stopwatch.GetElapsedTime(stints.Min(stint => stint.Began), stints.Max(stint => stint.Ended)).TotalSeconds)
            : throw new TimeoutException($"{scope} with {way} did not count in turns within {CountingInTurns.Patience.TotalSeconds} s");
}
