using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.MarkdownReport;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class HostsTextTests
{
    [Fact]
    public async Task Both_reports_say_when_the_hosts_of_the_last_round_began()
    {
        ExperimentDocument document = Document(run => run with { HostsFromMs = [10 + run.Round, 800, 12_000 + (1_000 * run.Round)] });

        Assert.Equal(2, Count("queue, hosts at work: 1 from 0.01 s, 3 from 14 s (last round).", await Written.ByAsync(new HtmlReportExporter(), document)));
        Assert.Equal(2, Count("queue, hosts at work: 1 from 0.01 s, 3 from 14 s (last round).", await Written.ByAsync(new MarkdownReportExporter(), document)));
    }

    [Fact]
    public async Task Of_other_models_of_earlier_documents_and_of_failed_runs_nothing_is_said()
    {
        ExperimentDocument earlier = Document(static run => run);
        ExperimentDocument failed = Document(static run => run with { HostsFromMs = run.Round == 2 ? [5_000, 90_000] : [30], Failed = run.Round - 1 });

        Assert.Equal(0, Count("hosts at work", await Written.ByAsync(new MarkdownReportExporter(), earlier)));
        Assert.Equal(0, Count("hosts at work", await Written.ByAsync(new HtmlReportExporter(), earlier)));
        Assert.Equal(2, Count("hosts at work: 1 from 0.03 s (last round).", await Written.ByAsync(new MarkdownReportExporter(), failed)));
        Assert.Equal(2, Count("hosts at work", await Written.ByAsync(new MarkdownReportExporter(), failed)));
    }

    private static ExperimentDocument Document(Func<RunResult, RunResult> change)
    {
        ExperimentDocument document = SampleExperiment.Create(rounds: 2, [new WorkloadSpec("primes", 200_000, 32), new WorkloadSpec("delay", 50, 32)]).Document;
        return document with { Runs = [.. document.Runs.Select(run => KnownModels.Get(run.Model).FansOut ? change(run) : run)] };
    }

    private static int Count(string text, string report) => report.Split(text).Length - 1;
}
