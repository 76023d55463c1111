using ServerlessConcurrency.Claims.Faults;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.Faults;

public sealed class SharedFateClaimTests : ClaimTest
{
    private const int GuardMs = 180_000;

    [ClaimFact(Timeout = GuardMs)]
    public async Task A_failure_on_a_thread_takes_the_tasks_of_all_threads_down()
    {
        var claim = new SharedFateClaim();

        ClaimEvidence dotNet = await InDotNetAsync(claim);
        ClaimEvidence python = await InPythonAsync(claim);

        AssertVerdict(ClaimVerdict.Holds, dotNet);
        AssertVerdict(ClaimVerdict.Holds, python);
        // An unhandled exception ends the process in .NET, and only its thread in CPython.
        Assert.Equal(100, LossOf(Fault.Describe(FaultKind.UnhandledException), dotNet));
        Assert.Equal(0, LossOf(PythonFault.UnhandledException, python));
        Assert.Equal(0, LossOf(PythonFault.Recursion, python));
        Assert.Contains(python.Remarks, remark => remark.Contains("threading.excepthook", StringComparison.Ordinal));
    }

    [Trait("Category", "Measured")]
    [ClaimFact(Timeout = GuardMs)]
    public async Task With_a_crash_that_is_swallowed_it_does_not_hold()
    {
        var claim = new SharedFateClaim(FaultExperiment.OnThreads with
        {
            Kinds = [FaultKind.Caught],
            Script = PythonScript.Load("faults").With("FAULTS[kind]()", "pass"),
        });

        AssertVerdict(ClaimVerdict.DoesNotHold, await InDotNetAsync(claim));
        AssertVerdict(ClaimVerdict.DoesNotHold, await InPythonAsync(claim));
    }

    [Trait("Category", "Measured")]
    [ClaimFact(Timeout = GuardMs)]
    public async Task With_processes_for_threads_it_does_not_hold()
    {
        var claim = new SharedFateClaim(FaultExperiment.OnThreads with
        {
            CrewOf = FaultExperiment.OnProcesses.CrewOf,
            PythonCrew = FaultExperiment.OnProcesses.PythonCrew,
        });

        AssertVerdict(ClaimVerdict.DoesNotHold, await InDotNetAsync(claim));
        AssertVerdict(ClaimVerdict.DoesNotHold, await InPythonAsync(claim));
    }

    [ClaimTheory(Timeout = GuardMs)]
    [InlineData(nameof(FaultKind.Hang), "time.sleep(3600)")]
    [InlineData(nameof(FaultKind.Exit), "os._exit(0)")]
    public async Task Tasks_lost_by_anything_but_the_fault_are_an_error_and_no_evidence(string dotNet, string python)
    {
        var patience = TimeSpan.FromSeconds(2);
        FaultKind instead = Enum.Parse<FaultKind>(dotNet);
        var claim = new SharedFateClaim(FaultExperiment.OnThreads with
        {
            CrewOf = context => new ThreadCrew(context, FaultExperiment.Workers) { Patience = patience, Substitute = _ => instead },
            Script = PythonScript.Load("faults").With("FAULTS[kind]()", python).With("PATIENCE = 30", "PATIENCE = 2"),
        });

        Type expected = instead == FaultKind.Hang ? typeof(TimeoutException) : typeof(InvalidOperationException);
        await Assert.ThrowsAsync(expected, () => InDotNetAsync(claim));
        PythonException inPython = await Assert.ThrowsAsync<PythonException>(() => InPythonAsync(claim));
        Assert.Contains("fault", inPython.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_fault_ends_a_process_in_its_own_way()
    {
        Assert.All(Fault.Deadly, kind => Assert.False(Fault.HasEnded(kind, 0)));
        Assert.True(Fault.HasEnded(FaultKind.Caught, 0));
        Assert.False(Fault.HasEnded(FaultKind.Caught, 1));
        if (!OperatingSystem.IsWindows())
            Assert.Equal([134, 134, 134, 137], Fault.Deadly.Select(kind => Enumerable.Range(0, 256).Single(code => Fault.HasEnded(kind, code))));
    }

    [Theory]
    [InlineData(0, 0, true, ClaimVerdict.Holds)]
    // The others go on although a thread of their process has failed.
    [InlineData(2, 0, true, ClaimVerdict.DoesNotHold)]
    [InlineData(1, 0, true, ClaimVerdict.DoesNotHold)]
    // Tasks are lost where nothing fails: then it is not the fault that takes them down.
    [InlineData(0, 2, false, ClaimVerdict.DoesNotHold)]
    public async Task It_holds_where_a_fault_takes_all_and_a_caught_one_none(
        int finishedWithFault, int lostWithout, bool victimFinishesWithout, ClaimVerdict expected)
    {
        var claim = new SharedFateClaim(FaultExperiment.OnThreads with
        {
            CrewOf = _ => new ScriptedCrew(kind => kind == FaultKind.Caught
                ? new FaultTrial(Fault.Describe(kind), 2, 2 - lostWithout, !victimFinishesWithout, false)
                : new FaultTrial(Fault.Describe(kind), 2, finishedWithFault, true, false)),
        });

        AssertVerdict(expected, await InDotNetAsync(claim));
    }

    private static double LossOf(string kind, ClaimEvidence evidence) =>
        Assert.Single(evidence.Figures, figure => figure.Name == kind).Estimate;
}
