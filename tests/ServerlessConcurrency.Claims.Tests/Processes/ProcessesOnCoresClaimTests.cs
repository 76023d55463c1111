using ServerlessConcurrency.Claims.Processes;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Claims.Tests.Processes;

public sealed class ProcessesOnCoresClaimTests : ClaimTest
{
    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public async Task It_holds_for_both()
    {
        await AssertDotNetAsync(ClaimVerdict.Holds, new ProcessesOnCoresClaim());
        await AssertPythonAsync(ClaimVerdict.Holds, new ProcessesOnCoresClaim());
    }

    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public async Task Threads_under_a_lock_in_their_place_do_not()
    {
        var claim = new ProcessesOnCoresClaim(GilThreadsModel.ModelId, "threads");

        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }

    [Fact]
    public async Task On_a_single_processor_it_is_not_measurable()
    {
        Context = Context with { Environment = Context.Environment with { Processors = 1 } };

        await AssertDotNetAsync(ClaimVerdict.NotMeasurable, new ProcessesOnCoresClaim());
    }

    [Theory]
    [InlineData(2, 1.7, ClaimVerdict.Holds)]
    [InlineData(2, 1.1, ClaimVerdict.DoesNotHold)]
    [InlineData(8, 1.7, ClaimVerdict.DoesNotHold)]
    [InlineData(8, 5, ClaimVerdict.Holds)]
    public void More_processes_have_to_bring_more(int degree, double speedup, ClaimVerdict expected)
    {
        ConfidenceInterval interval = new(speedup, speedup - 0.05, speedup + 0.05, 0.95);

        ClaimEvidence evidence = ProcessesOnCoresClaim.Judge([(1, new ConfidenceInterval(0.95, 0.9, 1, 0.95)), (degree, interval)]);

        Assert.Equal(expected, evidence.Verdict);
        Assert.Equal(["1 process", $"{degree} processes"], evidence.Figures.Where(figure => figure.Unit == "times").Select(figure => figure.Name));
        Assert.Equal(100 * speedup / degree, evidence.Figures[^1].Estimate, 6);
    }

    [ClaimFact(Processors = 2)]
    public async Task A_full_measurement_shows_how_the_speed_up_grows()
    {
        // Four of the two processors there are: what is shown, not how fast it is.
        var runs = new FewRounds(Context.Models);
        Context = Context with { Environment = Context.Environment with { Processors = 4 }, Models = runs, Quick = false };

        ClaimEvidence evidence = await InDotNetAsync(new ProcessesOnCoresClaim());

        Assert.Equal(
            ["1 process", "2 processes", "4 processes"], evidence.Figures.Where(figure => figure.Unit == "times").Select(figure => figure.Name));
        // They really were so many, apart from this one.
        Assert.Equal([1, 2, 4], runs.Documents.Select(document => document.Runs.Where(run => run.Model == KnownModels.Processes.Id).Max(run => run.Hosts)));
    }

    private sealed class FewRounds(IModelRuns inner) : IModelRuns
    {
        public List<ExperimentDocument> Documents { get; } = [];

        public bool Has(string model) => inner.Has(model);

        public async Task<ExperimentDocument> RunAsync(ExperimentSpec spec, CancellationToken cancellationToken)
        {
            ExperimentDocument document = await inner.RunAsync(spec with { Rounds = 6 }, cancellationToken);
            Documents.Add(document);
            return document;
        }
    }
}
