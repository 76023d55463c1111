using System.CommandLine;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;
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

    private static readonly Option<string?> Output = OutputFile.Option("--output", "The file; standard output without it", "-o");

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
        if (document.Runs.Count == 0)
            document = document with { Runs = await storage.Store.ReadRunsAsync(id, cancellationToken).ToListAsync(cancellationToken) };
        if (!document.Status.HasEnded())
            context.Note($"{id} has not ended: these are the timings of the {Counted.Of(document.Runs.Count, "run")} stored so far.");
        if (parsed.GetValue(Output) is { } path)
        {
            await OutputFile.WriteAsync(path, output => WriteAsync(storage.Store, document, exporter, output, cancellationToken));
            return ExitCodes.Success;
        }

        await using Stream standard = Console.OpenStandardOutput();
        await WriteAsync(storage.Store, document, exporter, standard, cancellationToken);
        return ExitCodes.Success;
    }

    private static async Task WriteAsync(
        IExperimentStore store, ExperimentDocument document, ITimingExporter exporter, Stream output, CancellationToken cancellationToken)
    {
        ITimingWriter writer = exporter.Begin(document, output);
        var passedOn = new RowsPassedOn();
        bool any = document.Runs.Count == 0;
        await foreach (RunTimings run in store.ReadTimingsAsync(document, cancellationToken))
        {
            await writer.WriteAsync(run, cancellationToken);
            passedOn.Add(run);
            any |= run.Timings.Count > 0;
        }

        if (!any)
            throw MissingTimings.OfAll(document);
        // Not after a failure: a file that breaks off must not look complete.
        await writer.DisposeAsync();
    }

    private static string Choice(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
