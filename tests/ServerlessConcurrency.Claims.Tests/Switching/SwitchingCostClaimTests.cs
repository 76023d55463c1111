using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Switching;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.Switching;

public sealed class SwitchingCostClaimTests : ClaimTest
{
    [ClaimFact]
    public async Task Processes_cost_more_than_threads()
    {
        var claim = new SwitchingCostClaim();

        await AssertDotNetAsync(ClaimVerdict.Holds, claim);
        await AssertPythonAsync(ClaimVerdict.Holds, claim);
    }

    [ClaimFact]
    public async Task Where_the_processes_are_threads_it_does_not_hold()
    {
        // The bare pipe spares them what multiprocessing.Pipe adds, as memory does in .NET.
        PythonScript withThreads = PythonScript.Load("switching")
            .With("Second(context, context.Process,", "Second(context, threading.Thread,")
            .With("\"usual\": piped(context, Connection)", "\"usual\": piped(context, BarePipe)");
        var claim = new SwitchingCostClaim(otherProcess: false, withThreads);

        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }

    [LinuxFact]
    public async Task Switches_are_counted_on_both_sides()
    {
        var claim = new SwitchingCostClaim();

        foreach (ClaimEvidence evidence in new[] { await InDotNetAsync(claim), await InPythonAsync(claim) })
        {
            Assert.Equal(0, Switches(evidence, "tasks, "), 0.1);
            // The token goes there and back, and each time one of the two stops.
            Assert.InRange(Switches(evidence, "threads, pipe"), 1.9, 3);
            Assert.InRange(Switches(evidence, "processes, pipe"), 1.9, 3);
        }
    }

    private static double Switches(ClaimEvidence evidence, string kind) => evidence.Figures
        .Where(figure => figure.Chart.Contains("switches per round trip on one processor", StringComparison.Ordinal)
            && figure.Name.StartsWith(kind, StringComparison.Ordinal))
        .Sum(figure => figure.Estimate);
}
