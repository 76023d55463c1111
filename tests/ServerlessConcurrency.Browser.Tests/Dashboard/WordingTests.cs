using System.Text.Json;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Comparisons;
using ServerlessConcurrency.Reporting.Results;
using ServerlessConcurrency.Reporting.Tests;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary>What the page says in its own words is what reports and the command line say.</summary>
public sealed class WordingTests
{
    private static readonly string[] Scripts = ["text.js", "elements.js", "comparison.js", "experiment.js", "chart.js"];
    private static readonly ExperimentStatus[] Ended = [ExperimentStatus.Completed, ExperimentStatus.Cancelled, ExperimentStatus.Failed];

    [BrowserFact]
    public async Task An_answer_is_told_as_everywhere_else()
    {
        Recommendation sure = new("primes", 200, "threads", "it is the fastest") { IsDecided = true, Candidates = ["threads"] };
        Recommendation[] answers =
        [
            sure,
            sure with { Model = null },
            sure with { IsDecided = false, Next = "measure 12 rounds" },
            sure with { IsDecided = false, Candidates = ["threads", "async"], Next = "measure 12 rounds" },
            sure with { IsDecided = false, Candidates = ["threads", "async"] },
            sure with { IsDecided = false },
        ];

        string[] told = await EvaluateAsync("given.flatMap(entry => [answer(entry), explanation(entry)])", answers);

        Assert.Equal(answers.SelectMany(answer => new[] { RecommendationText.Answer(answer), RecommendationText.Explanation(answer) }), told);
    }

    [BrowserFact]
    public async Task A_verdict_is_told_as_everywhere_else()
    {
        ComparedRuns sure = new() { Workload = "primes", Size = 200, Tasks = 4, Model = "threads", BeforeMs = 1, AfterMs = 2, Verdict = Verdict.Slower };
        ComparedRuns[] verdicts =
        [
            sure with { AfterMs = null },
            sure with { BeforeMs = null },
            sure with { HasOtherResults = true },
            .. Enum.GetValues<Verdict>().Select(verdict => sure with { Verdict = verdict }),
            sure with { Verdict = null },
        ];

        string[] told = await EvaluateAsync("given.map(verdictOf)", verdicts);

        Assert.Equal(verdicts.Select(ComparisonText.VerdictOf), told);
    }

    [BrowserFact]
    public async Task A_figure_is_written_as_everywhere_else()
    {
        double?[] figures = [null, 0, 0.00004567, -0.0042, 0.0123, 0.5, 9.8764, 98.764, 987.63, 9876.4, 1234567.8];

        string[] told = await EvaluateAsync("given.flatMap(value => [milliseconds(value), ratio(value)])", figures);

        Assert.Equal(figures.SelectMany(figure => new[] { Figures.Milliseconds(figure), Figures.Ratio(figure) }), told);
    }

    [BrowserFact]
    public async Task How_an_experiment_ended_is_told_as_everywhere_else()
    {
        ExperimentDocument sound = SampleExperiment.Create().Document;
        RunResult[] flawed = [sound.Runs[0] with { Failed = 1 }, .. sound.Runs.Skip(1)];
        MeasurementDocument[] documents =
        [
            .. new[] { sound, sound with { Runs = flawed }, sound with { Spec = sound.Spec with { WarmupRounds = 0 } } }.SelectMany(document => Ended.Select(status => document with { Status = status })),
            SampleClaims.Create(),
        ];

        string[] told = await EvaluateAsync("given.map(outcomeText)", documents);

        Assert.Equal(documents.Select(StatusText.Of), told);
    }

    [BrowserFact]
    public async Task A_model_without_a_valid_run_is_shown_as_failed()
    {
        ExperimentDocument document = SampleExperiment.Create().Document;
        document = document with
        {
            Analysis = [.. document.Analysis.Where(row => row.Model != "async")],
            Runs = [.. document.Runs.Select(run => run.Model == "async" ? run with { Failed = run.Tasks } : run)],
        };

        string[] told = await EvaluateAsync("given.flatMap(one => [...medians(one).querySelectorAll('tbody tr')].map(row => row.textContent))", [document]);

        Assert.Equal(document.Spec.Workloads.Count * document.Spec.Models.Count, told.Length);
        Assert.Equal(Enumerable.Repeat("async––––failed–––", document.Spec.Workloads.Count), told.Where(row => row.StartsWith("async", StringComparison.Ordinal)));
    }

    [BrowserFact]
    public async Task A_chart_over_time_has_room_for_every_number_of_its_axis()
    {
        string[] told = await DrawAsync(
            "chart.querySelectorAll('.value')", "value => `${value.textContent}${value.getAttribute('x') - value.getComputedTextLength() < 0 ? ' (cut)' : ''}`",
            [new([0.0004, 0.009]), new([0.01, 0.02]), new([30_000, 100_000]), new([60_000, 86_400_000])]);

        Assert.Equal(
            ["0.0001 ms, 0.001 ms, 0.01 ms", "0 ms, 0.005 ms, 0.01 ms, 0.015 ms, 0.02 ms", "0 ms, 25,000 ms, 50,000 ms, 75,000 ms, 100,000 ms",
                "10,000 ms, 100,000 ms, 1,000,000 ms, 10,000,000 ms, 100,000,000 ms"],
            told);
    }

    [BrowserFact]
    public async Task Times_below_a_chart_do_not_overlap()
    {
        string[] told = await DrawAsync(
            "chart.querySelectorAll('.label')", "(label, place, all) => place > 0 && label.getAttribute('x') - all[place - 1].getAttribute('x') < label.getComputedTextLength()",
            [.. Enumerable.Range(30, 100).Select(width => new Drawn([.. Enumerable.Range(1, 30).Select(time => (double)time)], 10 * width))]);

        Assert.All(told, overlaps => Assert.DoesNotContain("true", overlaps, StringComparison.Ordinal));
    }

    // What is told of the parts of each chart.
    private static Task<string[]> DrawAsync(string parts, string tell, Drawn[] charts) => EvaluateAsync(
        $$"""
        Promise.all(given.map(({ values, width }) => new Promise(resolve => {
          document.body.style.font = '12px sans-serif';
          const chart = lineChart('', values.map(() => '2026-01-31 09:30'), [{ name: '', points: values.map(value => ({ value, low: value, high: value })) }]);
          chart.style.width = `${width}px`;
          document.body.append(chart);
          const look = () => {
            const parts = [...{{parts}}];
            parts.length === 0 ? requestAnimationFrame(look) : resolve(parts.map({{tell}}).join(', '));
          };
          look();
        })))
        """,
        charts);

    [BrowserFact]
    public async Task Every_evidence_of_a_claim_is_told_as_everywhere_else()
    {
        var evidence = ClaimEvidence.NotMeasurable("it is a test");
        ClaimEvidence[] every = [.. Enum.GetValues<ClaimVerdict>().Select(verdict => evidence with { Verdict = verdict }), evidence with { Failed = true }];
        ClaimResult[] claims =
        [
            .. every.Select(one => new ClaimResult("C4", "a statement", one, one, one)),
            new ClaimResult("C1", "a statement", evidence, evidence),
        ];

        string[] told = await EvaluateAsync(
            "given.map(claim => [...claimTable({ claims: [claim] }).querySelectorAll('.of, .verdict')].map(part => part.textContent).join(' '))", claims);

        Assert.Equal(
            claims.Select(claim => string.Join(' ', claim.Sides.Select(side => (side.Side == GilThreadsModel.ModelId ? $"{side.Side} " : "") + ClaimText.Verdict(side.Evidence)))),
            told);
    }

    private static async Task<string[]> EvaluateAsync<T>(string expression, T[] values)
    {
        await using ObservedPage observed = await SharedBrowser.OpenAsync();
        return await observed.Page.EvaluateAsync<string[]>(
            $"json => {{ {string.Join('\n', Scripts.Select(Read))}\nconst given = JSON.parse(json); return {expression}; }}", JsonSerializer.Serialize(values, ExperimentJson.Compact));
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(ApiRoutes).Assembly.GetManifestResourceStream($"dashboard/{file}")!);
        return reader.ReadToEnd();
    }

    private sealed record Drawn(double[] Values, int Width = 600);
}
