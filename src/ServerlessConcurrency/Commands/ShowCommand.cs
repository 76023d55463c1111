using System.CommandLine;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Rendering;
using ServerlessConcurrency.Sweeps;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc show ID</c>: the table and findings of a stored experiment, or of a sweep from its folder.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> Id = StoredExperiment.IdArgument();

    public static Command Create()
    {
        var command = new Command("show", "Shows a stored experiment as run does, or a sweep as sweep does") { Id };
        PriceOption.AddTo(command);
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc show ID", "The answer, the tables and the findings again."),
            ("sconc show ID --details --prices prices.json", "Every finding, and the costs by prices of your own."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        string id = StoredExperiment.Checked(context, parsed.GetRequiredValue(Id));
        if (StoredSweep.Find(context.ResultsPath, id) is { } sweep)
        {
            PriceOption.RefuseForSweep(parsed);
            SweepView.Write(context, new SweepOutcome(sweep, AllValid: true, Failure: null));
            return ExitCodes.Success;
        }

        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        MeasurementDocument document = PriceOption.Apply(parsed, context, await StoredExperiment.GetAsync(context, storage, id, cancellationToken));
        if (context.Json)
            context.WriteJson(document);
        else
            ExperimentView.Write(context, document);
        return ExitCodes.Success;
    }
}
