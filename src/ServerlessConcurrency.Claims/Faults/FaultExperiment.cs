using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>Trials in which one of several workers fails in mid-run, over all kinds of failure in turn.</summary>
internal sealed record FaultExperiment
{
    /// <summary>How many workers there are in a trial, and so how many tasks.</summary>
    public const int Workers = 3;

    public static FaultExperiment OnProcesses { get; } = new()
    {
        CrewOf = static context => new ProcessCrew(context, Workers),
        PythonCrew = KnownModels.Processes.Id,
    };

    public static FaultExperiment OnThreads { get; } = new()
    {
        CrewOf = static context => new ThreadCrew(context, Workers),
        PythonCrew = ThreadsModel.ModelId,
        // As often as a verdict on the control needs in two rounds.
        PythonKinds = [.. PythonFault.Deadly, .. Enumerable.Repeat(PythonFault.CaughtName, 4)],
    };

    public required Func<ClaimContext, IFaultCrew> CrewOf { get; init; }

    public required string PythonCrew { get; init; }

    /// <summary>How many trials a quick measurement has in .NET: as few as a verdict needs, see <see cref="ClaimCriterion.Always"/>.</summary>
    public int QuickTrials { get; init; } = 6;

    public int FullTrials { get; init; } = 60;

    public IReadOnlyList<FaultKind> Kinds { get; init; } = Fault.Deadly;

    /// <summary>The kinds of failure in CPython, by the names of the script.</summary>
    public IReadOnlyList<string> PythonKinds { get; init; } = PythonFault.Deadly;

    public PythonScript Script { get; init; } = PythonScript.Load("faults");

    /// <exception cref="InvalidOperationException">Tasks were lost by something else than the failure.</exception>
    /// <exception cref="TimeoutException">Nothing came of the failure, neither an end nor a result.</exception>
    public async Task<IReadOnlyList<FaultTrial>> RunAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        var trials = new List<FaultTrial>();
        await using IFaultCrew crew = CrewOf(context);
        int count = context.Choose(QuickTrials, FullTrials);
        for (int trial = 0; trial < count; trial++)
            trials.Add(await crew.RunAsync(Kinds[trial % Kinds.Count], trial, cancellationToken));
        return trials;
    }

    /// <exception cref="PythonException">The script failed or took too long.</exception>
    public async Task<IReadOnlyList<FaultTrial>> RunAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        string[] kinds = [.. Enumerable.Repeat(PythonKinds, context.Choose(quick: 2, full: 20)).SelectMany(kinds => kinds)];
        List<FaultTrial> trials = await python.RunAsync<List<FaultTrial>>(
            Script, new { Crew = PythonCrew, Tasks = Workers, Kinds = kinds, context.Seed }, cancellationToken);
        return [.. trials.Select(trial => trial with { Kind = PythonFault.Describe(trial.Kind) })];
    }
}
