using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.StartUp;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.StartUp;

public sealed class SmallTasksClaimTests : ClaimTest
{
    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public async Task It_holds_for_both()
    {
        await AssertDotNetAsync(ClaimVerdict.Holds, new SmallTasksClaim());
        await AssertPythonAsync(ClaimVerdict.Holds, new SmallTasksClaim());
    }

    [Trait("Category", "Measured")]
    [ClaimFact]
    public async Task Where_processes_start_as_threads_do_it_does_not_hold()
    {
        var claim = new SmallTasksClaim(
            new StartUpCosts(startsProcesses: false), PythonScript.Load("small_tasks").With("context.Process(target", "threading.Thread(target"));

        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }

    [Fact]
    public async Task Starting_a_process_takes_longer_than_starting_a_thread()
    {
        IReadOnlyDictionary<string, IReadOnlyList<double>> starts = await new StartUpCosts().MeasureAsync(Context, Patience);
        IReadOnlyList<double> processes = starts[StartUpCosts.Process];
        IReadOnlyList<double> threads = starts[StartUpCosts.Thread];

        // Half of the threads: a busy machine lets one wait now and then.
        Assert.True(
            processes.Min() > SmallTasksClaim.Overhead * threads.Order().ElementAt(threads.Count / 2),
            $"{string.Join(", ", processes)} s and {string.Join(", ", threads)} s");
    }

    [Fact]
    public void A_way_that_is_faster_from_the_first_size_on_has_no_overhead_that_cancels_its_benefit()
    {
        var ratios = new SizeRatios("processes", "sequential", [(20, RatiosAround(1.5)), (5_000, RatiosAround(1.9))], Seed: 1);

        Assert.Equal(ClaimVerdict.DoesNotHold, ratios.IsSlowerAtFirst.Outcome);
        Assert.Equal("processes beat sequential at every measured size", ratios.BreakEvenRemark);
    }

    [Fact]
    public void The_break_even_point_lies_between_sizes_with_its_interval()
    {
        var ratios = new SizeRatios("processes", "sequential", [(10, RatiosAround(0.1)), (1_000, RatiosAround(10))], Seed: 1);

        Assert.Equal(ClaimVerdict.Holds, ratios.IsSlowerAtFirst.Outcome);
        Assert.Equal(ClaimVerdict.Holds, ratios.IsFasterInTheEnd.Outcome);
        // Halfway on logarithmic axes.
        Assert.StartsWith("processes beat sequential from size 100 on (95 % interval 9", ratios.BreakEvenRemark, StringComparison.Ordinal);
    }

    private static double[] RatiosAround(double ratio) => [.. new[] { 0.97, 0.98, 0.99, 1.01, 1.02, 1.03 }.Select(noise => ratio * noise)];
}
