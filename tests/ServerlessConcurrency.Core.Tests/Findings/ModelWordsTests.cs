using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Findings;

/// <summary>What is said of a model is true of it: nobody is told to do what it cannot, or does by itself.</summary>
public sealed class ModelWordsTests
{
    public static TheoryData<string> Models => [.. KnownModels.All.Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Findings_and_recommendation_speak_of_what_the_model_has(string id)
    {
        ModelTraits model = KnownModels.Get(id);

        string[] sentences = [.. Provoking(id).Select(ExperimentConclusion.Draw).Cast<ExperimentDocument>().SelectMany(document => SentencesOn(document, id))];

        Assert.NotEmpty(sentences);
        Assert.All(sentences, sentence => Assert.All(
            Nonsense(model), word => Assert.DoesNotContain(word, sentence, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_rules_that_speak_of_hand_over_and_hosts_are_provoked(string id)
    {
        string[] codes = [.. Provoking(id).SelectMany(FindingRules.Evaluate).Select(finding => finding.Code)];

        ModelTraits model = KnownModels.Get(id);
        Assert.Equal(model.FansOut, codes.Contains("queue-wait"));
        Assert.Equal(model.FansOut, codes.Contains("one-host"));
        Assert.Equal(model.RunsOnHosts, codes.Contains("hosts-arrive-late"));
        Assert.Contains("process-start-dominates", codes);
        Assert.Equal(model.ComputesInParallel && model.Dispatch != TaskDispatch.ActivityBatch, codes.Contains("tasks-too-small"));
    }

    private static IEnumerable<string> Nonsense(ModelTraits model)
    {
        if (model.Dispatch != TaskDispatch.QueueMessage)
            yield return "message";
        if (model.Dispatch != TaskDispatch.Activity)
            yield return "per activity";
        if (model.Dispatch == TaskDispatch.ActivityBatch)
            yield return "handing a task over";
        if (!model.NeedsTaskHub)
            foreach (string word in new[] { "task hub", "durable instance", "ALWAYS_READY_DURABLE", "orchestration", "FanOut__" })
                yield return word;
        if (!model.NeedsQueue)
            foreach (string word in new[] { "share the queue", "queue overhead", "ALWAYS_READY_QUEUE" })
                yield return word;
        if (!model.RunsOnHosts)
            yield return "host";
        if (!model.FansOut)
            yield return "the processes";
        if (!model.IsSingleThreaded || model.Wait != TaskWait.Awaits)
            yield return "the loop";
        if (model.RunsOnHosts)
            yield return "from one invocation to the next";
    }

    private static IEnumerable<string> SentencesOn(ExperimentDocument document, string id) =>
    [
        .. document.Findings.Select(finding => finding.Message).Where(message => message.Contains($"under {id}", StringComparison.OrdinalIgnoreCase)),
        .. document.Recommendation.Where(recommendation => recommendation.Model == id).SelectMany(recommendation => new[] { recommendation.Reason, recommendation.Next ?? "" }),
    ];

    /// <summary>Experiments in which all that can go wrong with the model did, in Azure and here.</summary>
    private static IEnumerable<ExperimentDocument> Provoking(string id) =>
        from engine in new[] { EngineNames.Local, EngineNames.AzureFunctions }
        from nature in new[] { WorkloadNature.CpuBound, WorkloadNature.IoBound }
        from change in Changes(KnownModels.Get(id))
        select Document(
            [
                .. Runs("sequential", 60_000, static run => run),
                .. id == "sequential" ? [] : Runs(id, 20_000, run => change(run with { Nature = nature, Degree = 8, Tasks = 1_000 })),
            ],
            engine,
            id == "sequential" ? run => change(run with { Nature = nature }) : static run => run);

    private static IEnumerable<Func<RunResult, RunResult>> Changes(ModelTraits model)
    {
        yield return run => run with { TaskTimes = new TaskTimes(20_000, 1, 8, 16), HostsFromMs = model.FansOut ? [15_000, 15_000] : null, Hosts = 1 };
        yield return run => run with { ProcessStartMs = 1e6, HostsFromMs = model.FansOut ? [10, 15_000] : null, Hosts = 2 };
        yield return run => run with { ProcessesLost = model.FansOut ? 2 : 0, Retried = 3 };
        yield return run => run with { Failed = 1, Error = "disk full" };
        if (model.NeedsTaskHub)
            yield return run => run with { OrchestrationStartMs = 60_000, ActivitiesRepeated = 4, Turnaround = new Turnaround(10, 100) };
        if (model.NeedsQueue)
            yield return run => run with { PoisonMessages = 2 };
    }

    private static IEnumerable<RunResult> Runs(string model, double wallMs, Func<RunResult, RunResult> change) =>
        MeasuredRuns.Of(model, [.. Enumerable.Range(0, 6).Select(round => wallMs + round)]).Select(change);

    private static ExperimentDocument Document(RunResult[] runs, string engine, Func<RunResult, RunResult> change)
    {
        runs = [.. runs.Select(change)];
        return new ExperimentDocument
        {
            Id = "20260131-093000-test",
            Status = ExperimentStatus.Completed,
            StartedAt = DateTimeOffset.UnixEpoch,
            Spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = [.. runs.Select(run => run.Model).Distinct()] },
            Environment = new EnvironmentInfo("", "", 2, "", engine),
            Progress = new ExperimentProgress(0, 0, null),
            Runs = runs,
            Analysis = ExperimentAnalyzer.Analyze(runs),
        };
    }
}
