using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Reporting.Results;
using ServerlessConcurrency.Reporting.Sinks;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>An experiment as the terminal shows it: a table for each workload, findings, recommendation, files.</summary>
internal static class ExperimentView
{
    public static void Write(CliContext context, ExperimentDocument document)
    {
        IAnsiConsole console = context.Out;
        console.MarkupLineInterpolated(
            $"[bold]{document.Spec.Name}[/]  {document.Id}  {StatusText.Of(document)}");
        WriteEnvironment(console, document.Environment);
        foreach (ResultTable results in document.Runs.Count > 0 ? ResultTable.Of(document) : [])
        {
            console.WriteLine();
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[bold]{results.Workload}[/], size {results.Size}, {results.Tasks} tasks");
            console.Write(ResultTableView.Create(results, console.Profile));
        }

        if (document.Spec.IsOfClaims)
            ClaimsView.Write(console, document);
        FindingsView.Write(console, document.Findings.Select(finding => (finding.Severity, finding.Code, finding.Message)));
        WriteRecommendation(console, document);
        string folder = FolderOf(context, document);
        if (Directory.Exists(folder))
        {
            console.WriteLine();
            string timings = document.Spec.IsOfClaims ? "" : ", timings.csv, trace.json";
            console.WriteLine($"Files: {folder}{Path.DirectorySeparatorChar} (report.html, experiment.json{timings})");
        }
    }

    public static void WriteEnvironment(IAnsiConsole console, EnvironmentInfo environment) => console.MarkupLineInterpolated(
        CultureInfo.InvariantCulture,
        $"[grey]{Figures.Processors(environment)}, {environment.Cpu}, {environment.Runtime}, {environment.Engine} engine[/]");

    public static string FolderOf(CliContext context, ExperimentDocument document) =>
        ResultsFolder.PathOf(context.ResultsPath, document.Id);

    private static void WriteRecommendation(IAnsiConsole console, ExperimentDocument document)
    {
        if (document.Recommendation.Count == 0)
            return;
        console.WriteLine();
        console.MarkupLine("[bold]Recommendation[/]");
        foreach (Recommendation recommendation in document.Recommendation)
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"  {recommendation.Workload} {recommendation.Size}: [green]{recommendation.Model}[/], {recommendation.Reason}");
        }
    }
}
