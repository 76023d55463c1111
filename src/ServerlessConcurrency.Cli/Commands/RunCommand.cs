using System.CommandLine;
using ServerlessConcurrency.Cli.Engine;
using ServerlessConcurrency.Cli.Pinning;
using ServerlessConcurrency.Cli.Rendering;
using ServerlessConcurrency.Cli.Specs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Cli.Commands;

/// <summary><c>sconc run</c>: an experiment on the local engine.</summary>
internal static class RunCommand
{
    private static readonly Argument<string?> SpecPath = SpecSource.PathArgument();

    public static Command Create()
    {
        var command = new Command("run", "Runs an experiment on this machine, shows the results and stores them") { SpecPath };
        SpecOptions.AddTo(command);
        PriceOption.AddTo(command);
        CoresOption.AddTo(command);
        CliApplication.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        int? cores = CoresOption.Read(parsed);
        SpecRules rules = LocalModels.Rules(
            EveryWorkload.Create(new WorkloadEnvironment()), hasStorage: context.Connection != StorageConnection.None);
        MeasurementSpec spec = SpecSource.Read(parsed.GetValue(SpecPath), parsed, rules);
        PriceList? prices = PriceOption.Read(parsed);

        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        if (await PinnedCommand.RunInsteadAsync(cores, context, cancellationToken) is { } exitCode)
            return exitCode;
        string id = ExperimentId.Create(TimeProvider.System.GetUtcNow());
        (MeasurementDocument document, Exception? failure) = await ProgressDisplay.WhileAsync(
            context,
            progress => LocalEngine.MeasureAsync(id, spec, prices, storage, progress, cancellationToken));

        return OutcomeView.Write(context, document, failure);
    }
}
