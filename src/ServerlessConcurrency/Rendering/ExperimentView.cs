using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Reporting.Recipes;
using ServerlessConcurrency.Reporting.Results;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>An experiment as the terminal shows it: the recommendations, a table for each workload, findings, files.</summary>
internal static class ExperimentView
{
    private const string HtmlReport = "report.html";

    public static void Write(CliContext context, MeasurementDocument document)
    {
        IAnsiConsole console = context.Out;
        console.MarkupLineInterpolated(
            $"[bold]{document.Spec.Name}[/]  {document.Id}  {StatusText.Of(document)}");
        WriteEnvironment(console, document.Environment);
        if (document is ClaimsDocument claims)
            ClaimsView.Write(console, claims);
        var experiment = document as ExperimentDocument;
        WriteRecommendation(console, experiment?.Recommendation ?? []);
        foreach (ResultTable results in experiment?.Runs.Count > 0 ? ResultTable.Of(experiment) : [])
        {
            console.WriteLine();
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[bold]{results.Workload}[/], size {results.Size}, {Counted.Of(results.Tasks, "task")}{results.Nature}");
            console.Write(ResultTableView.Create(results, console.Profile));
            foreach (string choice in CostText.Choices(CostChoice.Of(experiment!, results.Workload, results.Size)))
                console.WriteIndented(new Text(choice));
        }

        if (experiment is not null && ExperimentComparison.OfVersions(experiment) is { } versions)
        {
            console.WriteLine();
            ComparisonView.Write(console, versions);
        }

        FindingsView.Write(context, document.Findings.Select(finding => (finding.Severity, finding.Code, finding.Message)));
        string folder = FolderOf(context, document);
        if (Directory.Exists(folder))
        {
            console.WriteLine();
            string[] files = [.. ResultsFolder.FilesOf(document).Where(file => File.Exists(Path.Combine(folder, file)))];
            console.WriteFiles(folder, files);
            if (experiment is not null && files.Contains(HtmlReport) && Recipe.Of(experiment).Select(recipe => recipe.Model).Distinct().ToArray() is { Length: > 0 } models)
                console.WriteLine($"In {HtmlReport} is the C# for {string.Join(" and ", models)}, and the host.json that goes with it.");
        }
    }

    public static void WriteEnvironment(IAnsiConsole console, EnvironmentInfo environment) => console.MarkupLineInterpolated(
        CultureInfo.InvariantCulture,
        $"[grey]{Figures.Processors(environment)}, {environment.Cpu}, {environment.Runtime}, {environment.Engine} engine[/]");

    public static string FolderOf(CliContext context, MeasurementDocument document) =>
        ResultsFolder.PathOf(context.ResultsPath, document.Id);

    private static void WriteRecommendation(IAnsiConsole console, IReadOnlyList<Recommendation> recommendations)
    {
        if (recommendations.Count > 0)
            console.WriteLine();
        foreach (Recommendation recommendation in recommendations)
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"{recommendation.Workload} {recommendation.Size}: [bold {(recommendation.IsDecided ? "green" : "yellow")}]{RecommendationText.Answer(recommendation)}[/]");
            console.WriteIndented(new Text(RecommendationText.Explanation(recommendation)));
        }
    }
}
