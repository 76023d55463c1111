using System.CommandLine;
using System.Globalization;
using ServerlessConcurrency.Cli.Engine;
using ServerlessConcurrency.Core.Documents;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Commands;

/// <summary><c>sconc list</c>: the stored experiments, newest first.</summary>
internal static class ListCommand
{
    private static readonly Option<int> Top = new("--top")
    {
        Description = "How many at most",
        DefaultValueFactory = _ => 20,
    };

    public static Command Create()
    {
        var command = new Command("list", "Lists stored experiments, newest first") { Top };
        CommandAction.Set(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        int top = parsed.GetValue(Top);
        if (top < 1)
            throw BadInputException.OfOption("--top", $"{top} is below the bound 1");
        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        var experiments = new List<MeasurementDocument>();
        await foreach (MeasurementDocument experiment in storage.Store.ListAsync(cancellationToken: cancellationToken))
        {
            experiments.Add(experiment);
            if (experiments.Count == top)
                break;
        }

        if (context.Json)
            CliContext.WriteJson(experiments);
        else if (experiments.Count == 0)
            context.Note("No experiments are stored here.");
        else
            context.Out.Write(ToTable(experiments));
        return ExitCodes.Success;
    }

    private static Table ToTable(List<MeasurementDocument> experiments)
    {
        Table table = new Table { Border = TableBorder.Simple }
            .AddColumns("ID", "Name", "Status", "Started (UTC)", "Runs", "Engine");
        foreach (MeasurementDocument experiment in experiments)
        {
            table.AddRow(
                new Text(experiment.Id),
                new Text(experiment.Spec.Name),
                new Text(experiment.Status.ToString().ToLowerInvariant()),
                new Text(experiment.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                new Text(FormattableString.Invariant($"{experiment.Progress.RunsDone}/{experiment.Progress.RunsTotal}")),
                new Text(experiment.Environment.Engine));
        }

        return table;
    }
}
