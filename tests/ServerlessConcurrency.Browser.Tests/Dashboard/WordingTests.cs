using System.Text.Json;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Comparisons;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary>What the page says in its own words is what reports and the command line say.</summary>
public sealed class WordingTests
{
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

        string[] told = await EvaluateAsync("answers.flatMap(entry => [answer(entry), explanation(entry)])", answers);

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

        string[] told = await EvaluateAsync("answers.map(verdictOf)", verdicts);

        Assert.Equal(verdicts.Select(ComparisonText.VerdictOf), told);
    }

    private static async Task<string[]> EvaluateAsync<T>(string expression, T[] values)
    {
        await using ObservedPage observed = await SharedBrowser.OpenAsync();
        return await observed.Page.EvaluateAsync<string[]>(
            $"json => {{ {Read("text.js")}\n{Read("comparison.js")}\nconst answers = JSON.parse(json); return {expression}; }}", JsonSerializer.Serialize(values, ExperimentJson.Compact));
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(ApiRoutes).Assembly.GetManifestResourceStream($"dashboard/{file}")!);
        return reader.ReadToEnd();
    }
}
