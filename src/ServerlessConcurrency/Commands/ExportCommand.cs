using System.CommandLine;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Reporting;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc export ID --format F</c>: every timing of a stored experiment, streamed from storage.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Id = StoredExperiment.IdArgument();

    private static readonly Option<string> Format = new Option<string>("--format", "-f")
    {
        Description = Choice([.. Exporters.Timings.OrderBy(exporter => exporter.Format).Select(exporter => exporter.Description)]),
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "csv",
    }.AcceptOnlyFromAmong([.. Exporters.Timings.Select(exporter => exporter.Format)]);

    private static readonly Option<string?> Output = new("--output", "-o") { HelpName = "FILE", Description = "The file; standard output without it" };

    public static Command Create()
    {
        var command = new Command("export", "Writes the timings of a stored experiment") { Id, Format, Output };
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc export ID --format trace --output trace.json", "A trace for Perfetto."),
            ("sconc export ID | head", "The first timings as CSV."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        string id = StoredExperiment.Checked(context, parsed.GetRequiredValue(Id));
        ITimingExporter exporter = Exporters.Timings.Single(known => known.Format == parsed.GetRequiredValue(Format));
        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        if (await StoredExperiment.GetAsync(context, storage, id, cancellationToken) is not ExperimentDocument document)
            throw BadInputException.OfOption("ID", $"{id} is of claims, which have no timings; its figures are in experiment.json: {CommandHelp.OfProgram("sconc report")} {id}");
        await using Stream output = parsed.GetValue(Output) is { } path ? File.Create(path) : Console.OpenStandardOutput();
        await using ITimingWriter writer = exporter.Begin(id, output);
        await foreach (RunTimings run in storage.Store.ReadTimingsAsync(document, cancellationToken))
            await writer.WriteAsync(run, cancellationToken);
        return ExitCodes.Success;
    }

    private static string Choice(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
