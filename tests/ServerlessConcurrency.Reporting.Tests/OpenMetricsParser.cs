using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>One sample of a family, its labels as they were before they were escaped.</summary>
internal sealed record OpenMetricsSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>A family with its samples.</summary>
internal sealed record OpenMetricsFamily(string Name, string Type, string Unit, string Help, List<OpenMetricsSample> Samples);

/// <summary>Reads OpenMetrics 1.0 text and refuses what its grammar and its rules of gauges and histograms do not allow.</summary>
internal static partial class OpenMetricsParser
{
    public static IReadOnlyDictionary<string, OpenMetricsFamily> Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string[] lines = text[..^1].Split('\n');
        Assert.Equal("# EOF", lines[^1]);
        var families = new Dictionary<string, OpenMetricsFamily>(StringComparer.Ordinal);
        OpenMetricsFamily? current = null;
        foreach (string line in lines[..^1])
        {
            if (line.StartsWith('#'))
            {
                Match match = Metadata().Match(line);
                Assert.True(match.Success, line);
                current = Describe(families, current, match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["rest"].Value);
            }
            else
            {
                current!.Samples.Add(ReadSample(line, current));
            }
        }

        Assert.All(families.Values, Check);
        return families;
    }

    private static OpenMetricsFamily Describe(
        Dictionary<string, OpenMetricsFamily> families, OpenMetricsFamily? current, string kind, string name, string rest)
    {
        if (kind == "TYPE")
        {
            Assert.Contains(rest, (string[])["gauge", "histogram"]);
            // Also where it began before: its samples must not be interleaved with others.
            families.Add(name, current = new OpenMetricsFamily(name, rest, "", "", []));
            return current;
        }

        Assert.Equal(name, current?.Name);
        Assert.Empty(current!.Samples);
        if (kind == "UNIT")
        {
            Assert.Empty(current.Unit);
            Assert.EndsWith($"_{rest}", name, StringComparison.Ordinal);
            return families[name] = current with { Unit = rest };
        }

        Assert.Empty(current.Help);
        return families[name] = current with { Help = rest };
    }

    private static OpenMetricsSample ReadSample(string line, OpenMetricsFamily family)
    {
        Match match = Sample().Match(line);
        Assert.True(match.Success, line);
        string suffix = match.Groups["name"].Value[family.Name.Length..];
        Assert.StartsWith(family.Name, match.Groups["name"].Value, StringComparison.Ordinal);
        Assert.Contains(suffix, family.Type == "gauge" ? (string[])[""] : ["_bucket", "_sum", "_count"]);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Label().Matches(match.Groups["labels"].Value))
            labels.Add(label.Groups["name"].Value, Unescape(label.Groups["value"].Value));
        return new OpenMetricsSample(suffix, labels, Number(match.Groups["value"].Value));
    }

    private static void Check(OpenMetricsFamily family)
    {
        foreach (IGrouping<string, OpenMetricsSample> series in family.Samples.GroupBy(Identity))
        {
            string[] names = [.. series.Select(sample => sample.Name + sample.Labels.GetValueOrDefault("le"))];
            Assert.Equal(names.Distinct(), names);
            if (family.Type != "histogram")
                continue;
            double[] bounds = [.. Buckets(series).Select(bucket => Number(bucket.Labels["le"]))];
            double[] counts = [.. Buckets(series).Select(bucket => bucket.Value)];
            Assert.Equal(bounds.Order(), bounds);
            Assert.Equal(double.PositiveInfinity, bounds[^1]);
            Assert.Equal(counts.Order(), counts);
            Assert.Equal(counts[^1], series.Single(sample => sample.Name == "_count").Value);
            Assert.True(series.Single(sample => sample.Name == "_sum").Value >= 0);
        }
    }

    private static IEnumerable<OpenMetricsSample> Buckets(IEnumerable<OpenMetricsSample> series) => series.Where(sample => sample.Name == "_bucket");

    private static string Identity(OpenMetricsSample sample) =>
        string.Join('\0', sample.Labels.Where(label => label.Key != "le").OrderBy(label => label.Key, StringComparer.Ordinal));

    private static double Number(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    private static string Unescape(string value) => Escape().Replace(value, escape => escape.Value == "\\n" ? "\n" : escape.Value[1..]);

    [GeneratedRegex(@"\A# (?<kind>TYPE|UNIT|HELP) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>([^\\\n""]|\\[\\n""])+)\z")]
    private static partial Regex Metadata();

    [GeneratedRegex(@"\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*=""([^\\\n""]|\\[\\n""])*""(,[a-zA-Z_][a-zA-Z0-9_]*=""([^\\\n""]|\\[\\n""])*"")*)\} (?<value>[+-]?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?|\+Inf)\z")]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=""(?<value>([^\\\n""]|\\[\\n""])*)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
