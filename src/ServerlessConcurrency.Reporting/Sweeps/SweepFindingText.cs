using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>What the experiments of a sweep found, the same in every report: a few of each kind, warnings first.</summary>
public sealed record SweepFindingText(string Code, FindingSeverity Severity, string Text)
{
    // Many values tell much the same; sweep.json has all.
    private const int MostOfEach = 3;

    public static IEnumerable<SweepFindingText> Of(SweepDocument document)
    {
        string variable = SweepReader.NameOf(document.Over);
        foreach (IGrouping<string, SweepFinding> code in document.Findings.OrderByDescending(finding => finding.Severity).GroupBy(finding => finding.Code))
        {
            SweepFinding[] findings = [.. code.OrderBy(finding => finding.Value)];
            foreach (SweepFinding finding in findings.Take(MostOfEach))
                yield return new SweepFindingText(finding.Code, finding.Severity, $"At {variable} {Figures.Count(finding.Value)}: {finding.Message}");
            if (findings.Length > MostOfEach)
            {
                string values = string.Join(", ", findings.Skip(MostOfEach).Select(finding => finding.Value).Distinct().Select(value => Figures.Count(value)));
                yield return new SweepFindingText(
                    code.Key, findings[^1].Severity, $"{findings.Length - MostOfEach} more at {variable} {values}: see sweep.json and the experiments’ reports.");
            }
        }
    }
}
