using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>The last step of a sweep: from its experiments to break-even points and fits.</summary>
public static class SweepConclusion
{
    /// <param name="document">The sweep, also one that still runs, was cancelled or failed.</param>
    /// <param name="experiments">The experiments that were begun, with their values, in the order in which they ran.</param>
    public static SweepDocument Draw(SweepDocument document, IReadOnlyList<(long Value, ExperimentDocument Document)> experiments)
    {
        (long, ExperimentDocument Document)[] completed =
            [.. experiments.Where(experiment => experiment.Document.Status == ExperimentStatus.Completed).OrderBy(experiment => experiment.Value)];
        SweepMeasurements[] workloads = completed.Length == 0
            ? []
            : [.. document.Spec.Workloads.Select((_, index) => new SweepMeasurements(document.Over, index, completed))];
        bool scales = document.Over is SweepVariable.Degree or SweepVariable.Cores;
        return document with
        {
            Experiments = [.. experiments.Select(experiment => new SweepExperiment(
                experiment.Value, experiment.Document.Id, experiment.Document.Status, experiment.Document.Environment.Processors))],
            Results = [.. document.Spec.Workloads.SelectMany((_, index) => completed.SelectMany(
                experiment => EntriesOf(experiment.Item1, experiment.Document, index)))],
            BreakEvens = [.. workloads.SelectMany(BreakEvenFinder.Find)],
            Fits = scales ? [.. workloads.SelectMany(ScalabilityFitter.Fit)] : [],
            Findings = [.. experiments.SelectMany(experiment => experiment.Document.Findings.Select(
                finding => new SweepFinding(experiment.Value, finding.Code, finding.Severity, finding.Message)))],
            Remarks = [.. RemarksOn(document, completed.Length)],
        };
    }

    private static IEnumerable<SweepEntry> EntriesOf(long value, ExperimentDocument document, int workloadIndex)
    {
        WorkloadSpec workload = document.Spec.Workloads[workloadIndex];
        Dictionary<string, ModelAnalysis> analysis = document.Analysis
            .Where(result => result.Workload == workload.Kind && result.Size == workload.Size)
            .ToDictionary(result => result.Model);
        foreach (string model in document.Spec.Models)
        {
            if (!analysis.TryGetValue(model, out ModelAnalysis? result))
                continue;
            yield return new SweepEntry
            {
                Value = value,
                Workload = workload.Kind,
                Size = workload.Size,
                Tasks = workload.Tasks,
                Model = model,
                Degree = result.Degree,
                Rounds = result.Rounds,
                MedianMs = result.MedianMs,
                CiLowMs = result.CiLowMs,
                CiHighMs = result.CiHighMs,
                Speedup = result.Speedup,
                SpeedupLow = result.SpeedupLow,
                SpeedupHigh = result.SpeedupHigh,
                CostPerMillionTasks = result.CostPerMillionTasks,
            };
        }
    }

    private static IEnumerable<string> RemarksOn(SweepDocument document, int completed)
    {
        if (completed < document.Values.Count)
        {
            yield return FormattableString.Invariant(
                $"{completed} of {document.Values.Count} values {(completed == 1 ? "was measured to the end; only that one is" : "were measured to the end; only those are")} analysed.");
        }

        if (document.Over == SweepVariable.Cores)
            yield return FlexInstanceSize.Remark;
    }
}
