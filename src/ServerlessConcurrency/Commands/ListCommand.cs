using System.CommandLine;
using System.Globalization;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Rendering;
using Spectre.Console;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc list</c>: the stored experiments, newest first.</summary>
internal static class ListCommand
{
    private static readonly NumberOption<int> Top = new("--top", low: 1, high: int.MaxValue)
    {
        HelpName = "N",
        Description = "How many at most",
        DefaultValueFactory = _ => "20",
    };

    private static readonly IReadOnlyList<Column<MeasurementDocument>> Columns =
    [
        new("ID", 0, Justify.Left, false, experiment => experiment.Id),
        new("Name", 0, Justify.Left, false, experiment => experiment.Spec.Name, Wraps: true),
        new("Status", 0, Justify.Left, false, experiment => experiment.Status.ToString().ToLowerInvariant()),
        new("Started (UTC)", 1, Justify.Left, false, experiment => experiment.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
        new("Runs", 0, Justify.Right, false, experiment => FormattableString.Invariant($"{experiment.Progress.RunsDone}/{experiment.Progress.RunsTotal}")),
        new("Engine", 2, Justify.Left, false, experiment => experiment.Environment.Engine),
    ];

    public static Command Create()
    {
        var command = new Command("list", "Lists stored experiments, newest first") { Top };
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc list --top 5", "The newest five."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        int top = Top.Read(parsed)!.Value;
        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        var experiments = new List<MeasurementDocument>();
        await foreach (MeasurementDocument experiment in storage.Store.ListAsync(cancellationToken: cancellationToken))
        {
            experiments.Add(experiment);
            if (experiments.Count == top)
                break;
        }

        if (context.Json)
            context.WriteJson(experiments);
        else if (experiments.Count == 0)
            context.Note("No experiments are stored here.");
        else
            context.Out.Write(FittingTable.Create(Columns, experiments, _ => Style.Plain, context.Out.Profile.Width));
        return ExitCodes.Success;
    }
}
