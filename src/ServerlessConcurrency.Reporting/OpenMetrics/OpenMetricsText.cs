using System.Globalization;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Reporting.OpenMetrics;

/// <summary>How values are written in OpenMetrics 1.0, section "Text Format".</summary>
internal static class OpenMetricsText
{
    /// <summary>A value of a label. Of what would command a terminal, the format can only escape line feeds: the rest is made visible.</summary>
    public static string Quoted(string value) =>
        $"\"{string.Join("\\n", value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Split('\n').Select(VisibleText.Of))}\"";

    /// <summary>A number in its canonical form: <c>1.0</c>, <c>0.25</c>, <c>1e-05</c>, <c>+Inf</c>.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        string text = value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        return text.AsSpan().IndexOfAny('.', 'e') < 0 ? text + ".0" : text;
    }
}
