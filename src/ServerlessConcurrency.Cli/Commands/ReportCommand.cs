using System.CommandLine;
using ServerlessConcurrency.Cli.Engine;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Reporting;
using ServerlessConcurrency.Reporting.Sinks;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Commands;

/// <summary><c>sconc report ID</c>: writes the report and the other files of a stored experiment again.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Id = StoredExperiment.IdArgument();

    public static Command Create()
    {
        var command = new Command("report", "Writes the files of a stored experiment, report.html among them") { Id };
        CliApplication.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        string id = StoredExperiment.Checked(parsed.GetRequiredValue(Id));
        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        ExperimentDocument document = await StoredExperiment.GetAsync(storage, id, cancellationToken);
        string folder = ResultsFolder.PathOf(context.ResultsPath, id);
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (IDocumentExporter exporter in Exporters.Documents)
        {
            files.Add(Path.Combine(folder, exporter.FileName));
            await using FileStream file = File.Create(files[^1]);
            await exporter.WriteAsync(document, file, cancellationToken);
        }

        if (context.Json)
            CliContext.WriteJson(new { id, files });
        else
            files.ForEach(context.Out.WriteLine);
        return ExitCodes.Success;
    }
}
