using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ClaimTextTests
{
    private static readonly ConfidenceInterval Speedup = new(0.978, 0.9512, 1.01, 0.95);

    [Theory]
    [InlineData(ClaimVerdict.Holds, "holds", "met")]
    [InlineData(ClaimVerdict.DoesNotHold, "does not hold", "not met")]
    [InlineData(ClaimVerdict.Inconclusive, "inconclusive", "undecided")]
    [InlineData(ClaimVerdict.NotMeasurable, "not measurable here", "undecided")]
    public void Every_verdict_has_its_words(ClaimVerdict verdict, string text, string outcome)
    {
        Assert.Equal(text, ClaimText.Verdict(verdict));
        Assert.Equal(outcome, ClaimText.Outcome(verdict));
    }

    [Fact]
    public void A_criterion_tells_its_figure_what_is_asked_of_it_and_whether_it_is_met()
    {
        Assert.Equal(
            "threads are no faster: 0.98 times (0.95 to 1.01), must be below 1.1: met",
            ClaimText.Of(ClaimCriterion.Below("threads are no faster", "times", Speedup, 1.1)));
        Assert.Equal(
            "threads are faster: 0.98 times (0.95 to 1.01), must be above 1.1: not met",
            ClaimText.Of(ClaimCriterion.Above("threads are faster", "times", Speedup, 1.1)));
        Assert.Equal(
            "nothing is lost: in 100 % (54.1 to 100) of trials, must happen in every trial: met",
            ClaimText.Of(ClaimCriterion.Always("nothing is lost", 6, 6)));
        Assert.Equal(
            "something is lost: in 0 % (0 to 70.8) of trials, must happen in one trial or more: undecided",
            ClaimText.Of(ClaimCriterion.Sometimes("something is lost", 0, 3)));
    }

    [Fact]
    public void The_decisive_figure_is_that_of_the_criterion_that_decided()
    {
        ClaimEvidence evidence = ClaimEvidence.Decide(
            [ClaimCriterion.Always("met", 6, 6), ClaimCriterion.Above("not met", "times", Speedup, 1.1)], []);

        Assert.Equal("Not met: 0.98 times (0.95 to 1.01), must be above 1.1.", ClaimText.Decisive(evidence));
        Assert.Equal("No storage.", ClaimText.Decisive(ClaimEvidence.NotMeasurable("no storage")));
    }

    [Fact]
    public void What_decided_is_told_in_the_sentence_of_its_criterion()
    {
        ClaimCriterion criterion = ClaimCriterion.Above("met", "times", Speedup, 0.5) with { Sentence = "Threads were as fast." };
        ClaimEvidence evidence = ClaimEvidence.Decide([criterion], []);

        Assert.Equal("Threads were as fast.", ClaimText.Decisive(evidence));
        Assert.Equal("Threads were as fast. Others were at work.", ClaimText.Decisive(evidence with { Reason = "others were at work" }));
    }

    [Fact]
    public void Each_verdict_that_occurs_is_explained_once()
    {
        string[] legend = [.. ClaimText.Legend(SampleClaims.Create().Claims)];

        Assert.Equal(["holds", "inconclusive", "not measurable here", "does not hold"], legend.Select(line => line.Split(": ")[0]));
        Assert.All(legend, line => Assert.InRange(line.Length, 1, 78));
        Assert.All(legend, line => Assert.EndsWith(".", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_measurement_that_broke_off_is_not_told_as_one_that_is_not_possible() =>
        Assert.Equal("failed", ClaimText.Verdict(ClaimEvidence.NotMeasurable("it broke off") with { Failed = true }));

    [Fact]
    public void Verdicts_are_counted_by_side()
    {
        ClaimsDocument document = SampleClaims.Create();

        Assert.Equal(
            "Of 4 claims, in .NET 2 hold, 1 is inconclusive and 1 does not hold; in CPython 3 hold and 1 is not measurable here.",
            ClaimText.Tally(document.Claims));
        Assert.Equal("Of 1 claim, in .NET 1 holds; in CPython 1 holds.", ClaimText.Tally([document.Claims[0]]));
    }

    [Fact]
    public void Claims_that_were_asked_for_and_not_measured_are_named()
    {
        ClaimsDocument document = SampleClaims.Create();

        Assert.Null(ClaimText.NotMeasured(document));
        Assert.Equal("Not measured: C4, C9.", ClaimText.NotMeasured(document with { Claims = [.. document.Claims.Take(2)] }));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "–")]
    [InlineData(0.0, "0")]
    [InlineData(0.0000001234, "1.23E-7")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(-0.01234, "-0.0123")]
    [InlineData(0.1, "0.10")]
    [InlineData(4.0, "4")]
    [InlineData(4.05, "4.05")]
    [InlineData(54.07, "54.1")]
    [InlineData(16777216.0, "16,777,216")]
    public void A_quantity_has_about_three_digits_and_a_count_all(double? number, string text) =>
        Assert.Equal(text, Figures.Quantity(number));
}
