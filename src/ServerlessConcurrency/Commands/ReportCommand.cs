using System.CommandLine;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Reporting;
using ServerlessConcurrency.Reporting.Sweeps;
using ServerlessConcurrency.Sweeps;
using Spectre.Console;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc report ID</c>: writes the report and the other files of a stored experiment, or of a sweep, again.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Id = StoredExperiment.IdArgument();

    private static readonly Option<bool> Static = new("--static") { Description = "The page runs no script: for mail and print" };

    public static Command Create()
    {
        var command = new Command("report", "Writes the files of a stored experiment or of a sweep, report.html among them") { Id, Static };
        PriceOption.AddTo(command);
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc report ID", "Writes report.html and the other files again."),
            ("sconc report ID --static", "The page has charts that need no script."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        string id = StoredExperiment.Checked(context, parsed.GetRequiredValue(Id));
        if (StoredSweep.Find(context.ResultsPath, id) is { } sweep)
        {
            PriceOption.RefuseForSweep(parsed);
            return Tell(context, id, await SweepFolder.WriteAsync(context.ResultsPath, sweep, cancellationToken, parsed.GetValue(Static)));
        }

        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        MeasurementDocument document = PriceOption.Apply(parsed, context, await StoredExperiment.GetAsync(context, storage, id, cancellationToken));
        if (!document.Status.HasEnded())
            throw new ExperimentConflictException($"{id} has not ended; its files are written at its end, and {CommandHelp.OfProgram("sconc export")} {id} has the timings stored so far");
        return Tell(context, id, await storage.Files.WriteDocumentsAsync(
            document, storage.Store, parsed.GetValue(Static) ? Exporters.StaticReports : Exporters.Reports, cancellationToken));
    }

    private static int Tell(CliContext context, string id, IReadOnlyList<string> files)
    {
        if (context.Json)
            context.WriteJson(new { id, files });
        foreach (string file in context.Json ? [] : files)
            context.Out.WriteLine(file);
        return ExitCodes.Success;
    }
}
