using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>What the experiments of a sweep found, the same in every report: a few of each kind, warnings first.</summary>
public static class SweepFindingText
{
    // Many values tell much the same; sweep.json has all.
    private const int MostOfEach = 3;

    /// <summary>Every finding, by value.</summary>
    public static IEnumerable<(FindingSeverity Severity, string Code, string Text)> All(SweepDocument document) =>
        document.Findings.OrderBy(finding => finding.Value).Select(finding => (finding.Severity, finding.Code, TextOf(document, finding)));

    public static IEnumerable<(FindingSeverity Severity, string Code, string Text)> Of(SweepDocument document)
    {
        string variable = SweepReader.NameOf(document.Over);
        foreach (IGrouping<string, SweepFinding> code in document.Findings.OrderByDescending(finding => finding.Severity).GroupBy(finding => finding.Code))
        {
            SweepFinding[] findings = [.. code.OrderBy(finding => finding.Value)];
            foreach (SweepFinding finding in findings.Take(MostOfEach))
                yield return (finding.Severity, finding.Code, TextOf(document, finding));
            if (findings.Length > MostOfEach)
            {
                string values = string.Join(", ", findings.Skip(MostOfEach).Select(finding => finding.Value).Distinct().Select(value => Figures.Count(value)));
                yield return (
                    findings[^1].Severity, code.Key, $"{findings.Length - MostOfEach} more at {variable} {values}: see sweep.json and the experiments’ reports.");
            }
        }
    }

    private static string TextOf(SweepDocument document, SweepFinding finding) =>
        $"At {SweepReader.NameOf(document.Over)} {Figures.Count(finding.Value)}: {finding.Message}";
}
