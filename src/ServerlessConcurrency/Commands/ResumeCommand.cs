using System.CommandLine;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Pinning;
using ServerlessConcurrency.Rendering;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Specs;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc resume ID</c>: completes an experiment that was interrupted, from the runs that are stored.</summary>
internal static class ResumeCommand
{
    private static readonly Argument<string> Id = StoredExperiment.IdArgument();

    public static Command Create()
    {
        var command = new Command("resume", "Completes an experiment that was interrupted, from what is stored of it") { Id };
        OwnCodeOption.AddTo(command);
        OwnCodeOption.AddAgainstTo(command);
        LocalCommand.Set(command, ReadAsync, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc resume ID", "Measures what is missing; what is stored is not measured again."));
        return command;
    }

    private static Task<string> ReadAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken) =>
        Task.FromResult(StoredExperiment.Checked(context, parsed.GetRequiredValue(Id)));

    private static async Task<int> RunAsync(string id, CliContext context, StorageSession storage, CancellationToken cancellationToken)
    {
        // The files are written first: a program that was killed early, or whose storage did not answer, has left more there.
        MeasurementDocument? inStorage = storage.Account is null ? null : await storage.Store.FindAsync(id, cancellationToken);
        MeasurementDocument? inFiles = await storage.Files.FindAsync(id, cancellationToken);
        ExperimentDocument stored = Check(inStorage ?? inFiles ?? throw StoredExperiment.NotFound(context, id), context);
        // Before the lease is taken: where something cannot be read, the experiment stays as it was.
        (stored, bool filesHaveMore) = await ReadLeftAsync(stored, inStorage is null, inFiles as ExperimentDocument, storage, cancellationToken);
        using ExperimentLease lease = storage.TryLease(id) ?? throw Conflict(id, context);
        if (ResumptionsOf(await storage.Files.FindAsync(id, cancellationToken)) != ResumptionsOf(inFiles))
            throw Conflict(id, context);

        ChildProcesses.Announce(context, stored.Spec);
        context.Note(stored.Runs.Count == 0
            ? $"No run of {id} is stored with its timings: it is measured from the beginning on."
            : $"{Counted.Of(stored.Runs.Count, "run")} of {id} {(stored.Runs.Count == 1 ? "is" : "are")} stored and will not be measured again.");
        ExperimentOutcome outcome = await ProgressDisplay.WhileAsync(
            context,
            progress => LocalEngine.RunAsync(
                id, stored.Spec, stored.Prices, context.OwnCode, stored.Versions?.FailAbove, storage, progress, cancellationToken, (stored, filesHaveMore)));
        return RunCommand.ExitCodeOf(OutcomeView.WriteMeasured(context, outcome.Document, outcome.Failure), outcome.Document);
    }

    // Of storage and files what has more runs with all of their timings.
    private static async Task<(ExperimentDocument Left, bool IsOfFiles)> ReadLeftAsync(
        ExperimentDocument stored, bool isOfFiles, ExperimentDocument? inFiles, StorageSession storage, CancellationToken cancellationToken)
    {
        ExperimentDocument left = await storage.ReadWholeRunsAsync(stored, isOfFiles, cancellationToken);
        if (isOfFiles || inFiles is null || inFiles.Runs.Count <= left.Runs.Count)
            return (left, isOfFiles);
        ExperimentDocument leftInFiles = await storage.ReadWholeRunsAsync(
            stored with { Runs = inFiles.Runs, Progress = inFiles.Progress }, isOfFiles: true, cancellationToken);
        return leftInFiles.Runs.Count > left.Runs.Count ? (leftInFiles, true) : (left, false);
    }

    private static int ResumptionsOf(MeasurementDocument? document) => (document as ExperimentDocument)?.Resumptions?.Count ?? 0;

    private static ExperimentConflictException Conflict(string id, CliContext context) =>
        new($"{id} is resumed by another program, or its folder in {context.ResultsPath} cannot be written");

    private static ExperimentDocument Check(MeasurementDocument document, CliContext context)
    {
        if (document is not ExperimentDocument experiment)
            throw Refuse($"{document.Id} is of claims, which are measured as a whole; measure them again");
        if (!experiment.Status.HasEnded())
            throw new ExperimentConflictException($"{document.Id} has not ended. If its program is gone, it can be resumed five minutes later");
        if (experiment.Status == ExperimentStatus.Completed)
            throw Refuse($"{document.Id} is complete");
        EnvironmentInfo here = MachineInfo.Describe(EngineNames.Local);
        EnvironmentInfo there = experiment.Environment;
        if (!AreAlike(there, here))
        {
            string instead = there.Processors < here.Processors && AreAlike(there with { Processors = here.Processors }, here)
                ? $"; with {CoresOption.Name} {there.Processors} they do"
                : "";
            throw Refuse(
                $"{document.Id} was measured elsewhere ({there.Engine}, {there.Cpu}, {Counted.Of(there.Processors, "processor")}, {there.Runtime}), and this is {here.Cpu}, {Counted.Of(here.Processors, "processor")}, {here.Runtime}: figures of both do not go together{instead}");
        }

        SpecRules rules = SpecSource.LocalRules(context, parsed: null, path: null);
        string[] unknown =
        [
            .. experiment.Spec.Workloads.Select(workload => workload.Kind).Where(kind => !rules.Workloads.TryGet(kind, out _)).Select(kind => EarlierVersion.NewerOf(kind) ?? kind),
            .. experiment.Spec.Models.Except(rules.Models),
        ];
        if (unknown.Length > 0)
            throw Refuse($"{document.Id} measures {string.Join(", ", unknown)}, which are not known here; name their --assembly, or the storage they need");
        if (rules.Refusal is not null)
            throw Refuse(rules.Refusal);
        string? version = LocalEngine.VersionOf(experiment.Spec, rules.Workloads, context.OwnCode);
        // Documents of earlier versions do not tell it; and a build of the same code is another after every commit.
        if (there.OwnCode is not null && !LocalEngine.IsLastOf(there.OwnCode, version))
            context.Note($"{document.Id} was measured with {there.OwnCode}, and this is {version}: where the tasks are others now, figures of both do not go together.");
        return experiment;
    }

    private static bool AreAlike(EnvironmentInfo one, EnvironmentInfo other) =>
        (one.Engine, one.Cpu, one.Processors, one.Runtime) == (other.Engine, other.Cpu, other.Processors, other.Runtime);

    private static BadInputException Refuse(string reason) => BadInputException.OfOption("ID", reason);
}
