using System.CommandLine;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Rendering;
using ServerlessConcurrency.Reporting.Comparisons;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc compare BEFORE AFTER</c>: two experiments run by run; in CI, a failure where one became slower.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> Before = Experiment("BEFORE", "The reference");

    private static readonly Argument<string> After = Experiment("AFTER", "What is compared with it");

    public static readonly NumberOption<double> FailAbove = new("--fail-above", low: 1, high: 1_000)
    {
        HelpName = "RATIO",
        Description = "Exit with 4 where AFTER is shown to take more than this many times as long, 1 to 1,000, e.g. 1.10; with 1 where too few rounds can show it",
    };

    private static readonly Option<string?> JUnit = OutputFile.Option("--junit", "Write JUnit XML: a test for each workload, size and model, failed where --fail-above says so");

    public static Command Create()
    {
        var command = new Command("compare", "Compares two experiments run by run") { Before, After, FailAbove, JUnit };
        SummaryOption.AddTo(command);
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc compare ID1 ID2", "What became faster or slower."),
            ("sconc compare base.json results/ID/experiment.json --fail-above 1.10", "In CI: exit code 4 where something takes over 10 % longer."));
        return command;
    }

    private static Argument<string> Experiment(string name, string what) =>
        new Argument<string>(name) { Description = $"{what}: the id of a stored experiment, or the path of an experiment.json" }.CompleteIds().RefuseOptions().RefuseEmpty("the id of an experiment, or the path of an experiment.json");

    // No id has a folder or an extension.
    private static bool IsFile(string name) => File.Exists(name) || Path.HasExtension(name) || Path.GetFileName(name) != name;

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        double? failAbove = FailAbove.Read(parsed);
        string[] names = [parsed.GetRequiredValue(Before), parsed.GetRequiredValue(After)];
        MeasurementDocument?[] documents = [.. names.Select(name => IsFile(name) ? ExperimentFile.Read(name) : null)];
        if (documents.Contains(null))
        {
            foreach (string name in names.Where((_, place) => documents[place] is null))
                StoredExperiment.Checked(context, name);
            await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
            for (int place = 0; place < names.Length; place++)
                documents[place] ??= await StoredExperiment.GetAsync(context, storage, names[place], cancellationToken);
        }

        ExperimentDocument[] experiments = [.. names.Zip(documents, (name, document) => ExperimentFile.Check(name, document!))];
        ExperimentComparison comparison = ExperimentComparer.Compare(experiments[0], experiments[1], failAbove);
        if (comparison.Runs.Count == 0)
            throw ExperimentFile.NothingInCommon();
        if (context.Json)
            context.WriteJson(comparison);
        else
            ComparisonView.Write(context.Out, comparison);
        if (parsed.GetValue(JUnit) is { } path)
            await OutputFile.WriteAsync(path, file => new ComparisonJUnitExporter().WriteAsync(comparison, file, cancellationToken));
        await SummaryOption.AppendAsync(context, new ComparisonMarkdownExporter(), comparison);
        return comparison.HasRegression ? ExitCodes.Regression
            : comparison.IsUndecidable ? ExitCodes.Failed
            : ExitCodes.Success;
    }
}
