using System.CommandLine;
using ServerlessConcurrency.Cli.Engine;
using ServerlessConcurrency.Cli.Rendering;
using ServerlessConcurrency.Cli.Specs;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Cli.Commands;

/// <summary><c>sconc run</c>: an experiment on the local engine.</summary>
internal static class RunCommand
{
    private static readonly Argument<string?> SpecPath = new("SPEC")
    {
        Description = "The spec, a JSON file; without it a built-in experiment is run",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        // What looks like an option and is none would else be taken for a file.
        SpecPath.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] text }, ..])
                result.AddError($"Unknown option '{text}'.");
        });
        var command = new Command("run", "Runs an experiment on this machine, shows the results and stores them") { SpecPath };
        SpecOptions.AddTo(command);
        CliApplication.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        SpecRules rules = LocalModels.Rules(
            LocalWorkloads.Create(new WorkloadEnvironment()), hasStorage: context.Connection != StorageConnection.None);
        ExperimentSpec spec = SpecSource.Read(parsed.GetValue(SpecPath), parsed, rules);

        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        string id = ExperimentId.Create(TimeProvider.System.GetUtcNow());
        ExperimentOutcome outcome = await ProgressDisplay.WhileAsync(
            context,
            progress => LocalEngine.RunAsync(id, spec, storage, context.ResultsPath, progress, cancellationToken));

        if (context.Json && outcome.Failure is null)
            CliContext.WriteJson(outcome.Document);
        else if (!context.Json)
            ExperimentView.Write(context, outcome.Document);
        return ExitCode(context, outcome);
    }

    private static int ExitCode(CliContext context, ExperimentOutcome outcome)
    {
        if (outcome.Failure is not null)
        {
            int code = CliApplication.Report(outcome.Failure, context, cancelled: false);
            context.Note($"What was measured is in {ExperimentView.FolderOf(context, outcome.Document)}");
            return code;
        }

        return outcome.Document.Status == ExperimentStatus.Cancelled ? ExitCodes.Cancelled
            : outcome.Document.Runs.All(run => run.IsValid) ? ExitCodes.Success
            : ExitCodes.Failed;
    }
}
