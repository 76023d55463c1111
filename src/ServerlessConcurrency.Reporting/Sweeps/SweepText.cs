using System.Globalization;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>What a sweep found, in sentences: the same in every report.</summary>
public static class SweepText
{
    private const int MostPairs = 8;

    public static string Status(SweepDocument document)
    {
        int completed = document.Experiments.Count(experiment => experiment.Status == ExperimentStatus.Completed);
        string values = $"{completed} of {document.Values.Count} values of {SweepReader.NameOf(document.Over)}";
        string flaws = Flawed(document) is > 0 and var flawed ? $", {flawed} of them with runs that are not valid" : "";
        return document.Status switch
        {
            ExperimentStatus.Completed => $"Completed: {values}{flaws}.",
            ExperimentStatus.Running => $"Still running, {values} done{flaws}: the figures are provisional.",
            ExperimentStatus.Failed => $"Failed after {values}{flaws}: the figures rest on those.",
            _ => $"Cancelled after {values}{flaws}: the figures rest on those.",
        };
    }

    /// <summary>Whether nothing failed of what was measured.</summary>
    public static bool IsSound(SweepDocument document) => Flawed(document) == 0;

    /// <summary>The break-even points to show: every model against <c>sequential</c>, and what is decided between the others.</summary>
    public static IEnumerable<BreakEven> WorthTelling(SweepDocument document) => document.BreakEvens.Where(IsWorthTelling);

    /// <summary>What is not shown of the break-even points.</summary>
    /// <returns>One sentence; null if all are shown.</returns>
    public static string? Untold(SweepDocument document)
    {
        string[] pairs = [.. document.BreakEvens.Where(breakEven => !IsWorthTelling(breakEven))
            .Select(breakEven => $"{breakEven.Model} and {breakEven.Reference}").Distinct()];
        return pairs.Length == 0
            ? null
            : $"Also swap places, but undecided: {string.Join("; ", pairs.Take(MostPairs))}{(pairs.Length > MostPairs ? "; …" : "")}.";
    }

    /// <summary>Why there is no break-even point at all.</summary>
    public static string NoBreakEven(SweepDocument document)
    {
        bool areCompared = document.Results.GroupBy(entry => entry.Workload).Any(workload =>
            workload.GroupBy(entry => entry.Model).Count(model => model.DistinctBy(entry => entry.Value).Count() >= SweepReader.FewestValues) > 1);
        return areCompared ? "None: no two models swap places among the values measured." : "None: no two models were measured at two values.";
    }

    /// <returns>One sentence without a full stop.</returns>
    public static string Of(BreakEven breakEven, SweepVariable over)
    {
        string variable = SweepReader.NameOf(over);
        string range = breakEven.Ratios.Count == 0
            ? ""
            : $"{variable} {Figures.Count(breakEven.Ratios[0].Value)} to {Figures.Count(breakEven.Ratios[^1].Value)}";
        string point = $"{variable} {Place(breakEven.Value)} (95 % interval {Place(breakEven.Low)} to {Place(breakEven.High)})";
        string outcome = breakEven.Outcome switch
        {
            BreakEvenOutcome.AlwaysFaster => $"is faster than {breakEven.Reference} at every measured value, {range}",
            BreakEvenOutcome.NeverFaster => $"is faster than {breakEven.Reference} at no measured value, {range}",
            BreakEvenOutcome.FasterFrom => $"is faster than {breakEven.Reference} from {point} on",
            BreakEvenOutcome.FasterUpTo => $"is slower than {breakEven.Reference} from {point} on",
            _ => $"against {breakEven.Reference} is undecided: {breakEven.Reason}",
        };
        return $"{breakEven.Workload}: {breakEven.Model} {outcome}{Extremes(breakEven)}";
    }

    /// <returns>One sentence without a full stop.</returns>
    public static string Of(ScalabilityFit fit) => fit.NoFit is not null
        ? $"{fit.Workload}, {fit.Model}: no fit: {fit.NoFit}"
        : $"{fit.Workload}, {fit.Model}: sigma {Estimate(fit.Sigma)} ({Interval(fit.Sigma)}), kappa {Estimate(fit.Kappa)} "
            + $"({Interval(fit.Kappa)}), peak {PeakEstimate(fit.Peak)} ({PeakInterval(fit.Peak)}), "
            + $"residuals {Figures.Ratio(fit.RmsResidualPercent)} % RMS; extrapolated to {Figures.Count(fit.Extrapolation!.Degree)}: "
            + $"{Figures.Ratio(fit.Extrapolation.Speedup.Estimate)} times degree 1 ({Figures.Ratio(fit.Extrapolation.Speedup.Low)} to {Figures.Ratio(fit.Extrapolation.Speedup.High)})";

    /// <summary>What to make of the fits and their extrapolations, each remark once.</summary>
    public static IEnumerable<string> FitRemarks(SweepDocument document) => document.Fits
        .SelectMany(fit => fit.Remarks.Select(remark => $"{fit.Workload}: {remark}"))
        .Concat(document.Fits.Select(fit => fit.Extrapolation?.Remark).OfType<string>())
        .Distinct();

    /// <returns>The text, e.g. <c>0.051</c>.</returns>
    public static string Estimate(FittedParameter? parameter) => parameter is null ? Figures.None : Significant(parameter.Estimate);

    /// <returns>The text, e.g. <c>0.047 to 0.056</c>.</returns>
    public static string Interval(FittedParameter? parameter) =>
        parameter is null ? Figures.None : $"{Significant(parameter.Low)} to {Significant(parameter.High)}";

    public static string PeakEstimate(PeakDegree? peak) => peak is null ? Figures.None : Degree(peak.Estimate);

    public static string PeakInterval(PeakDegree? peak) =>
        peak is null ? Figures.None : $"{Degree(peak.Low)} to {Degree(peak.High)}";

    private static int Flawed(SweepDocument document) =>
        document.Findings.Where(finding => finding.Code is "invalid-runs" or "checksum-mismatch").DistinctBy(finding => finding.Value).Count();

    private static bool IsWorthTelling(BreakEven breakEven) =>
        breakEven.Outcome != BreakEvenOutcome.Undecided || breakEven.Reference == SequentialModel.ModelId;

    private static string Extremes(BreakEven breakEven)
    {
        if (breakEven.Outcome == BreakEvenOutcome.Undecided || breakEven.Ratios.Count == 0)
            return "";
        return $"; ratio {Figures.Ratio(breakEven.Ratios[0].Ratio)} at {Figures.Count(breakEven.Ratios[0].Value)}, {Figures.Ratio(breakEven.Ratios[^1].Ratio)} at {Figures.Count(breakEven.Ratios[^1].Value)}";
    }

    private static string Place(double? value) => value switch
    {
        null => Figures.None,
        < 100 => Significant(value.Value),
        _ => Figures.Count(Math.Round(value.Value)),
    };

    private static string Degree(double? degree) => degree is null ? "none" : Figures.Ratio(degree);

    private static string Significant(double value) => double.IsPositiveInfinity(value)
        ? "infinite"
        : value.ToString(
            Math.Abs(value) switch
            {
                > 0 and < 0.01 and var small => SmallText.ThreeDigits(small),
                < 1 => "0.####",
                _ => "0.##",
            },
            CultureInfo.InvariantCulture);
}
