using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>How figures are written for people: the same in every report, independent of the system's language.</summary>
public static class Figures
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    /// <summary>A time in ms with about four digits, e.g. <c>0.00123</c>, <c>0.123</c>, <c>12.35</c>, <c>1,234</c>.</summary>
    /// <returns>The text, without the unit.</returns>
    public static string Milliseconds(double? milliseconds) =>
        milliseconds is { } known && double.IsFinite(known) ? TimeText.Milliseconds(known) : None;

    /// <summary>A ratio, e.g. <c>0.00123</c>, <c>1.93</c>, <c>12.4</c>, <c>310</c>.</summary>
    /// <returns>The text, without a sign for times.</returns>
    public static string Ratio(double? ratio) => Format(ratio, Math.Abs(ratio ?? 0) switch
    {
        > 0 and < 0.01 and var small => SmallText.ThreeDigits(small),
        < 10 => "F2",
        < 100 => "F1",
        _ => "N0",
    });

    /// <summary>A measured number in any unit, with about three digits, e.g. <c>0.98</c>, <c>12.4</c>, <c>1,234</c>; whole numbers as such.</summary>
    /// <returns>The text, without the unit.</returns>
    public static string Quantity(double? number) => Math.Abs(number ?? 0) switch
    {
        0 => Count(number),
        < 0.1 and var small => Format(number, SmallText.ThreeDigits(small)),
        _ when number == Math.Round(number!.Value) => Count(number),
        _ => Ratio(number),
    };

    /// <summary>A measured number with its unit and interval, e.g. <c>0.98 times (0.95 to 1.01)</c>.</summary>
    public static string Quantity(double estimate, double low, double high, string unit) =>
        $"{Quantity(estimate)} {unit} ({Quantity(low)} to {Quantity(high)})";

    /// <summary>An amount in US dollars with about three digits, e.g. <c>0.0123</c>, <c>4.56</c>, <c>1,234</c>.</summary>
    /// <returns>The text, without the sign.</returns>
    public static string Dollars(double? dollars) => Format(dollars, Math.Abs(dollars ?? 0) switch
    {
        0 => "F2",
        < 0.1 and var small => SmallText.ThreeDigits(small),
        < 100 => "F2",
        _ => "N0",
    });

    /// <summary>A count, e.g. <c>12,345</c>; halves, which medians can have, are kept.</summary>
    public static string Count(double? count) => Format(count, "#,##0.#");

    /// <summary>A number of bytes in MiB, e.g. <c>48.2</c>.</summary>
    /// <returns>The text, without the unit.</returns>
    public static string Mebibytes(long? bytes) => Format(bytes / (1024.0 * 1024.0), "N1");

    /// <summary>A p-value, e.g. <c>p = 0.031</c> or <c>p &lt; 0.001</c>.</summary>
    /// <param name="pValue">The p-value, 0 to 1.</param>
    public static string PValue(double? pValue) => pValue switch
    {
        null => None,
        < 0.001 => "p < 0.001",
        _ => "p = " + Format(pValue, "F3"),
    };

    /// <summary>How many hosts took part, e.g. <c>2</c>, or <c>1–2</c> if not the same in all runs.</summary>
    public static string Hosts(ResultRow row) => row.FewestHosts == row.MostHosts
        ? Count(row.FewestHosts)
        : $"{Count(row.FewestHosts)}–{Count(row.MostHosts)}";

    /// <summary>A verdict in words, e.g. <c>no difference</c>.</summary>
    public static string Verdict(Verdict? verdict) => verdict switch
    {
        Core.Analysis.Verdict.Baseline => "baseline",
        Core.Analysis.Verdict.Faster => "faster",
        Core.Analysis.Verdict.Slower => "slower",
        Core.Analysis.Verdict.NoDifference => "no difference",
        Core.Analysis.Verdict.Inconclusive => "inconclusive",
        _ => None,
    };

    /// <summary>How many processors a program used, e.g. <c>2 processors</c>.</summary>
    public static string Processors(EnvironmentInfo environment) =>
        Counted.Of(environment.Processors, "processor");

    /// <summary>A moment in universal time, to the second, e.g. <c>2026-01-31 09:30:00 UTC</c>.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long an experiment took, e.g. <c>1 min 23 s</c>.</summary>
    public static string Duration(MeasurementDocument document)
    {
        if (document.FinishedAt is not { } finishedAt)
            return None;
        TimeSpan duration = finishedAt - document.StartedAt;
        return duration switch
        {
            { TotalHours: >= 1 } => $"{Count(Math.Floor(duration.TotalHours))} h {duration.Minutes} min",
            { TotalMinutes: >= 1 } => $"{duration.Minutes} min {duration.Seconds} s",
            _ => Format(duration.TotalSeconds, "F1") + " s",
        };
    }

    private static string Format(double? value, string format) =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : None;
}
