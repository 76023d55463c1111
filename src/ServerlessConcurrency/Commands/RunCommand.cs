using System.CommandLine;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Pinning;
using ServerlessConcurrency.Rendering;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Reporting.MarkdownReport;
using ServerlessConcurrency.Specs;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc run</c>: an experiment on the local engine.</summary>
internal static class RunCommand
{
    private static readonly Argument<string?> SpecPath = SpecSource.PathArgument();

    public static Command Create()
    {
        var command = new Command("run", "Runs an experiment on this machine, shows the results and stores them") { SpecPath };
        SpecOptions.AddTo(command);
        OwnCodeOption.AddTo(command);
        OwnCodeOption.AddAgainstTo(command);
        command.Options.Add(CompareCommand.FailAbove);
        PriceOption.AddTo(command);
        SummaryOption.AddTo(command);
        LocalCommand.Set(command, ReadAsync, RunAsync, canDoWithoutStorage: true);
        CommandHelp.AddExamples(
            command,
            ("sconc run", "The built-in experiment, until its recommendations are decided."),
            ("sconc run -w sha256:5000:64,http:20:64 -m threads,async", "Work of your choice under two models."),
            ("sconc run --assembly MyWork.dll -w thumbnail:1:200", "A method of your own, marked [Workload]."),
            ("sconc run --assembly New.dll --against Old.dll -w thumbnail:1:200", "Two versions of it, in the same rounds."),
            ("sconc run spec.json --rounds 12 --connection none", "A spec file, 12 rounds, files only and no storage."));
        return command;
    }

    private static Task<(MeasurementSpec Spec, PriceList? Prices, double? FailAbove)> ReadAsync(
        ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        string? path = parsed.GetValue(SpecPath);
        MeasurementSpec spec = SpecSource.Read(path, parsed, SpecSource.LocalRules(context, parsed, path));
        double? failAbove = CompareCommand.FailAbove.Read(parsed);
        return failAbove is null || context.OwnCode.Against is not null
            ? Task.FromResult((spec, PriceOption.Read(parsed, context), failAbove))
            : throw BadInputException.OfOption(CompareCommand.FailAbove.Name, $"compares two versions; name the earlier one with --against, or compare stored experiments with {CommandHelp.OfProgram("sconc compare")}");
    }

    private static async Task<int> RunAsync(
        (MeasurementSpec Spec, PriceList? Prices, double? FailAbove) input, CliContext context, StorageSession storage, CancellationToken cancellationToken)
    {
        ChildProcesses.Announce(context, input.Spec);
        string id = ExperimentId.Create(TimeProvider.System.GetUtcNow());
        using ExperimentLease? lease = storage.TryLease(id);
        (MeasurementDocument document, Exception? failure) = await ProgressDisplay.WhileAsync(
            context,
            progress => LocalEngine.MeasureAsync(id, input.Spec, input.Prices, context.OwnCode, input.FailAbove, storage, progress, cancellationToken));
        Exception? unwritten = await SummaryOption.TryAppendAsync(context, new MarkdownReportExporter(), document);
        return ExitCodeOf(OutcomeView.WriteMeasured(context, document, failure ?? unwritten), document);
    }

    /// <summary>What two versions of own code add to the exit code.</summary>
    public static int ExitCodeOf(int exitCode, MeasurementDocument document)
    {
        VersionComparison? versions = (document as ExperimentDocument)?.Versions;
        return exitCode != ExitCodes.Success ? exitCode
            : versions is { HasRegression: true } ? ExitCodes.Regression
            : versions is { IsUndecidable: true } ? ExitCodes.Failed
            : ExitCodes.Success;
    }
}
