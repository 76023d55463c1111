using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>An experiment with two versions of a workload, of which the later one takes 1.2 times as long under <c>threads</c> and is the same otherwise.</summary>
internal static class SampleVersions
{
    public const double FailAbove = 1.1;

    public static ExperimentDocument Create()
    {
        ExperimentDocument document = SampleExperiment.Create(workloads: [new WorkloadSpec("thumbnail", 200, 32)]).Document;
        RunResult[] later = [.. document.Runs.Select(run => run.Model == "threads" ? run with { WallMs = 1.2 * run.WallMs } : run)];
        string earlier = EarlierVersion.NameOf("thumbnail");
        return ExperimentConclusion.Draw(document with
        {
            Spec = document.Spec with { Workloads = [.. document.Spec.Workloads, document.Spec.Workloads[0] with { Kind = earlier }] },
            Runs = [.. later, .. document.Runs.Select(run => run with { RunId = $"{run.RunId}-earlier", Workload = earlier })],
            Versions = new() { FailAbove = FailAbove, Runs = [] },
        });
    }
}
