using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Comparisons;

/// <summary>
/// Two experiments compared as JUnit XML, which CI systems show as tests: one for each workload, size and model. It fails where it is a
/// regression and is skipped where it cannot be compared.
/// </summary>
public sealed class ComparisonJUnitExporter : IDocumentExporter<ExperimentComparison>
{
    private const string ClassName = "comparison";

    public string FileName => "junit.xml";

    public string MediaType => "application/xml";

    public async Task WriteAsync(ExperimentComparison document, Stream output, CancellationToken cancellationToken = default)
    {
        var settings = new XmlWriterSettings { Async = true, Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        await using var writer = XmlWriter.Create(output, settings);
        await new XDocument(Suites(document)).SaveAsync(writer, cancellationToken).ConfigureAwait(false);
    }

    private static XElement Suites(ExperimentComparison comparison)
    {
        XElement[] cases =
        [
            .. comparison.Runs.Select(runs => Case(runs, comparison.FailAbove)),
            .. comparison.OnlyBefore.Select(name => Skipped(name, $"only in {comparison.Before}")),
            .. comparison.OnlyAfter.Select(name => Skipped(name, $"only in {comparison.After}")),
        ];
        XAttribute[] counts =
        [
            new("tests", cases.Length),
            new("failures", cases.Count(one => one.Element("failure") is not null)),
            new("errors", 0),
            new("skipped", cases.Count(one => one.Element("skipped") is not null)),
        ];
        return new XElement("testsuites", counts, new XElement(
            "testsuite", Text("name", $"{comparison.After} compared with {comparison.Before}"), counts, cases));
    }

    private static XElement Case(ComparedRuns runs, double? limit)
    {
        string figures = ComparisonText.FiguresOf(runs);
        XElement one = Case(runs.Name, new XAttribute("time", ((runs.AfterMs ?? 0) / 1000).ToString("0.######", CultureInfo.InvariantCulture)));
        if (runs.IsRegression)
            one.Add(new XElement("failure", new XAttribute("type", "regression"), Text("message", Failure(runs, figures, limit))));
        else if (Obstacle(runs) is { } obstacle)
            one.Add(new XElement("skipped", Text("message", $"{obstacle}; {figures}")));
        else
            one.Add(new XElement("system-out", $"{ComparisonText.VerdictOf(runs)}; {figures}"));
        return one;
    }

    private static string Failure(ComparedRuns runs, string figures, double? limit) =>
        runs.AfterMs is null ? $"every run failed; {figures}"
        : runs.HasOtherResults ? $"the same tasks came to other results; {figures}"
        : $"{figures}, where {ComparisonText.Limit(limit)} is allowed";

    private static string? Obstacle(ComparedRuns runs) =>
        runs.BeforeMs is null || runs.AfterMs is null ? "cannot be compared"
        : runs.IsUndecidable ? "too few rounds to be judged"
        : null;

    private static XElement Skipped(string name, string reason) => Case(name, new XElement("skipped", Text("message", reason)));

    private static XElement Case(string name, XObject content) => new("testcase", new XAttribute("classname", ClassName), Text("name", name), content);

    // Names come from documents that anybody may have written.
    private static XAttribute Text(string attribute, string text) =>
        new(attribute, string.Concat(text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength == 2 || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "?")));
}
