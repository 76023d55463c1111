using ServerlessConcurrency.Claims.Faults;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.Faults;

public sealed class ProcessIsolationClaimTests : ClaimTest
{
    private const int GuardMs = 180_000;

    [ClaimFact(Timeout = GuardMs)]
    public async Task A_crash_of_a_process_costs_no_other_task_and_its_own_is_retried()
    {
        var claim = new ProcessIsolationClaim();

        ClaimEvidence dotNet = await InDotNetAsync(claim);
        AssertVerdict(ClaimVerdict.Holds, dotNet);
        Assert.Equal(Fault.Deadly.Select(Fault.Describe), KindsOf(dotNet));
        ClaimEvidence python = await InPythonAsync(claim);
        AssertVerdict(ClaimVerdict.Holds, python);
        Assert.Equal(PythonFault.Deadly.Select(PythonFault.Describe), KindsOf(python));
        Assert.Empty(Directory.GetFileSystemEntries(Context.Folder));
    }

    [Trait("Category", "Measured")]
    [ClaimFact(Timeout = GuardMs)]
    public async Task With_threads_of_one_process_for_processes_it_does_not_hold()
    {
        var claim = new ProcessIsolationClaim(FaultExperiment.OnThreads);

        AssertNotMet(0, await InDotNetAsync(claim));
        AssertNotMet(0, await InPythonAsync(claim));
    }

    [Trait("Category", "Measured")]
    [ClaimFact(Timeout = GuardMs)]
    public async Task With_a_crash_that_is_swallowed_it_does_not_hold()
    {
        var claim = new ProcessIsolationClaim(FaultExperiment.OnProcesses with
        {
            Kinds = [FaultKind.Caught],
            Script = PythonScript.Load("faults").With("FAULTS[kind]()", "pass"),
        });

        AssertNotMet(1, await InDotNetAsync(claim));
        AssertNotMet(1, await InPythonAsync(claim));
    }

    [ClaimTheory(Timeout = GuardMs)]
    [InlineData("time.sleep(3600)")]
    [InlineData("os._exit(0)")]
    public async Task A_process_of_CPython_lost_by_anything_but_the_fault_is_an_error_and_no_evidence(string fault)
    {
        var claim = new ProcessIsolationClaim(FaultExperiment.OnProcesses with
        {
            Script = PythonScript.Load("faults").With("FAULTS[kind]()", fault).With("PATIENCE = 30", "PATIENCE = 2"),
        });

        await Assert.ThrowsAsync<PythonException>(() => InPythonAsync(claim));
    }

    [Theory]
    [InlineData(2, true, true, ClaimVerdict.Holds)]
    // Another task is lost with the one whose process crashed.
    [InlineData(1, true, true, ClaimVerdict.DoesNotHold)]
    // The crash harmed nobody, not even its own task.
    [InlineData(2, false, false, ClaimVerdict.DoesNotHold)]
    [InlineData(2, true, false, ClaimVerdict.DoesNotHold)]
    public async Task It_holds_where_a_fault_takes_one_task_which_then_succeeds(
        int othersFinished, bool victimLost, bool victimRecovered, ClaimVerdict expected)
    {
        var claim = new ProcessIsolationClaim(FaultExperiment.OnProcesses with
        {
            CrewOf = _ => new ScriptedCrew(kind => new FaultTrial(Fault.Describe(kind), 2, othersFinished, victimLost, victimRecovered)),
        });

        AssertVerdict(expected, await InDotNetAsync(claim));
    }

    private static IEnumerable<string> KindsOf(ClaimEvidence evidence) => evidence.Figures.Where(figure => figure.Unit == "%").Select(figure => figure.Name);

    private static void AssertNotMet(int criterion, ClaimEvidence evidence)
    {
        AssertVerdict(ClaimVerdict.DoesNotHold, evidence);
        Assert.Equal(ClaimVerdict.DoesNotHold, evidence.Criteria[criterion].Outcome);
    }
}
