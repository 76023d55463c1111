using System.Xml.Linq;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Reporting.Comparisons;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ComparisonReportTests
{
    private static readonly ComparedRuns Same = Runs("threads", 100, 101, 1.01);

    [Fact]
    public async Task JUnit_has_a_test_for_each_comparison_failed_where_it_is_a_regression_and_skipped_where_there_is_nothing_to_compare()
    {
        ExperimentComparison comparison = Compared(
            Same,
            Runs("async", 100, 200, 2) with { IsRegression = true, Verdict = Verdict.Slower },
            Runs("queue", 100, null, null) with { IsRegression = true },
            Runs("processes", null, 100, null),
            Runs("durable", 100, 300, 3) with { IsUndecidable = true },
            Runs("event-loop", 100, 100, 1) with { HasOtherResults = true, IsRegression = true }) with
        {
            OnlyBefore = ["primes 5 x 8 under threads"],
            OnlyAfter = ["primes 6 x 8 under threads"],
        };

        XElement suite = (await JUnitAsync(comparison)).Element("testsuite")!;

        Assert.Equal(("8", "3", "0", "4"), ((string)suite.Attribute("tests")!, (string)suite.Attribute("failures")!, (string)suite.Attribute("errors")!, (string)suite.Attribute("skipped")!));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["primes 2000 x 8 under threads"] = "no difference; 100.0 ms before, 101.0 ms after: 1.01 times as long (95 % CI 0.96 to 1.06)",
                ["primes 2000 x 8 under async"] = "100.0 ms before, 200.0 ms after: 2.00 times as long (95 % CI 1.90 to 2.10), where 1.10 is allowed",
                ["primes 2000 x 8 under queue"] = "every run failed; 100.0 ms before, no valid run after",
                ["primes 2000 x 8 under processes"] = "cannot be compared; no valid run before, 100.0 ms after",
                ["primes 2000 x 8 under durable"] = "too few rounds to be judged; 100.0 ms before, 300.0 ms after: 3.00 times as long (95 % CI 2.85 to 3.15)",
                ["primes 2000 x 8 under event-loop"] = "the same tasks came to other results; 100.0 ms before, 100.0 ms after: 1.00 times as long (95 % CI 0.95 to 1.05)",
                ["primes 5 x 8 under threads"] = "only in before",
                ["primes 6 x 8 under threads"] = "only in after",
            },
            suite.Elements("testcase").ToDictionary(one => (string)one.Attribute("name")!, one => (string?)one.Elements().Single().Attribute("message") ?? one.Value));
        Assert.Equal("0.101", (string)suite.Element("testcase")!.Attribute("time")!);
    }

    [Fact]
    public async Task JUnit_is_valid_XML_whatever_names_hold()
    {
        ExperimentComparison comparison = Compared(Same with { Workload = HostileText.Value, IsRegression = true }) with
        {
            Before = HostileText.Value,
            OnlyAfter = [HostileText.Value + "\uFFFE\uD83D\uDE00"],
        };

        string[] names = [.. (await JUnitAsync(comparison)).Descendants("testcase").Select(one => (string)one.Attribute("name")!)];

        Assert.StartsWith("<script>alert('x')</script>\"&amp;| [a](https://b.example) ?", names[0], StringComparison.Ordinal);
        Assert.EndsWith("end?\uD83D\uDE00", names[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.1, "None of 1 is shown to be slower than 1.10 times. 1 may be: above 1.10, but not shown to be.")]
    [InlineData(1.005, "None of 1 is shown to be slower than 1.005 times. 1 may be: above 1.005, but not shown to be.")]
    public void A_doubt_stands_alone_and_the_limit_is_the_one_given(double limit, string expected)
    {
        ExperimentComparison comparison = Compared(Same with { IsDoubtful = true }) with { FailAbove = limit };

        Assert.Equal(expected, ComparisonText.Outcome(comparison) + ComparisonText.Doubts(comparison));
    }

    [Fact]
    public void What_came_to_other_results_is_not_said_to_be_slower_or_to_have_failed() => Assert.Equal(
        "1 of 1 became slower than 1.10 times, failed, or came to other results.",
        ComparisonText.Outcome(Compared(Runs("threads", 100, 50, 0.5) with { HasOtherResults = true, IsRegression = true })));

    [Fact]
    public async Task Markdown_begins_with_the_outcome_and_has_a_table_for_each_workload()
    {
        ExperimentComparison comparison = Compared(
            Same, Runs("async", 100, 200, 2) with { IsRegression = true, Verdict = Verdict.Slower }, Same with { Workload = "delay", IsDoubtful = true }) with
        {
            Notes = ["other machines"],
            Warnings = ["too few rounds"],
            OnlyBefore = ["primes 5 x 8 under threads"],
        };

        string[] lines = (await Written.ByAsync(new ComparisonMarkdownExporter(), comparison)).Split('\n');

        Assert.Equal(
            ["### after compared with before", "", "**1 of 3 became slower than 1.10 times, or failed.** 1 more may be: above 1.10, but not shown to be."], lines[..3]);
        Assert.Contains("| async | 100.0 | 200.0 | 2.00 (1.90 – 2.10) | p = 0.010 | **slower, regression** |", lines);
        Assert.Equal(2, lines.Count(line => line.StartsWith("| model |", StringComparison.Ordinal)));
        Assert.Equal(["- Warning: too few rounds", "- Note: other machines", "- Only in before: primes 5 x 8 under threads", ""], lines[^4..]);
    }

    [Fact]
    public async Task Hostile_names_neither_break_the_table_of_Markdown_nor_become_markup()
    {
        string markdown = await Written.ByAsync(
            new ComparisonMarkdownExporter(), Compared(Same with { Workload = HostileText.Value, Model = HostileText.Value }) with { Notes = [HostileText.Value] });

        Assert.DoesNotContain("<script", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("[a](", markdown, StringComparison.Ordinal);
        Assert.All(
            markdown.Split('\n').Where(line => line.StartsWith('|')),
            line => Assert.Equal(7, line.Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|')));
    }

    private static async Task<XElement> JUnitAsync(ExperimentComparison comparison) =>
        XDocument.Parse(await Written.ByAsync(new ComparisonJUnitExporter(), comparison)).Root!;

    private static ComparedRuns Runs(string model, double? beforeMs, double? afterMs, double? ratio) => new()
    {
        Workload = "primes",
        Size = 2_000,
        Tasks = 8,
        Model = model,
        BeforeMs = beforeMs,
        AfterMs = afterMs,
        Ratio = ratio,
        RatioLow = 0.95 * ratio,
        RatioHigh = 1.05 * ratio,
        AdjustedPValue = ratio is null ? null : 0.01,
        Verdict = ratio is null ? null : Verdict.NoDifference,
    };

    private static ExperimentComparison Compared(params ComparedRuns[] runs) => new()
    {
        Before = "before",
        After = "after",
        BeforeEnvironment = new EnvironmentInfo("", "", 2, "", EngineNames.Local),
        AfterEnvironment = new EnvironmentInfo("", "", 2, "", EngineNames.Local),
        FailAbove = 1.10,
        Runs = runs,
        OnlyBefore = [],
        OnlyAfter = [],
        Notes = [],
    };
}
