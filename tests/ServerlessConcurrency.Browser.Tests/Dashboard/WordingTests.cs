using System.Text.Json;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Comparisons;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary>What the page says in its own words is what reports and the command line say.</summary>
public sealed class WordingTests
{
    private static readonly string[] Scripts = ["text.js", "elements.js", "comparison.js", "experiment.js"];

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
}
