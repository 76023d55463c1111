using System.CommandLine;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Pinning;
using ServerlessConcurrency.Rendering;
using ServerlessConcurrency.Reporting.Sweeps;
using ServerlessConcurrency.Specs;
using ServerlessConcurrency.Sweeps;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc sweep</c>: one experiment for each value of a variable, and what they say together.</summary>
internal static class SweepCommand
{
    private static readonly Argument<string?> SpecPath = SpecSource.PathArgument();

    private static readonly Option<string> Over = new("--over")
    {
        HelpName = "VARIABLE",
        Description = $"What differs between the experiments: {string.Join(", ", SweepReader.Variables)}",
        Required = true,
    };

    private static readonly Option<string[]> Values = new("--values")
    {
        HelpName = "VALUES",
        Description = $"Its values, {SweepReader.FewestValues} to {SweepReader.MostValues} whole numbers separated by commas, e.g. 1,2,4",
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("sweep", "Runs an experiment for each of several values: break-even points and scalability")
        {
            SpecPath, Over, Values,
        };
        Over.CompletionSources.Add([.. SweepReader.Variables]);
        SpecOptions.AddTo(command);
        OwnCodeOption.AddTo(command);
        PriceOption.AddTo(command);
        SummaryOption.AddTo(command);
        LocalCommand.Set(command, ReadAsync, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc sweep -w primes:1:32 --over size --values 1000,10000,100000", "From which size on a model is faster than another."),
            ("sconc sweep spec.json --over degree --values 1,2,4", "How the models of a spec scale."));
        return command;
    }

    private static Task<(SweepSpec Sweep, PriceList? Prices, string? PricesPath)> ReadAsync(
        ParseResult parsed, CliContext context, CancellationToken cancellationToken) => Task.FromResult(
            (ReadSweep(parsed, context), PriceOption.Read(parsed, context), parsed.GetValue(PriceOption.Path)));

    private static async Task<int> RunAsync(
        (SweepSpec Sweep, PriceList? Prices, string? PricesPath) input, CliContext context, StorageSession storage, CancellationToken cancellationToken)
    {
        // A program on fewer processors tells it by itself.
        if (input.Sweep.Over != SweepVariable.Cores)
            ChildProcesses.Announce(context, input.Sweep.Points.Select(point => point.Spec));
        ISweepStep step = input.Sweep.Over == SweepVariable.Cores
            ? new PinnedSweepStep(context, input.PricesPath)
            : new LocalSweepStep(input.Prices, context.OwnCode, storage);
        var run = new SweepRun(
            input.Sweep, step, document => SweepFolder.WriteAsync(context.ResultsPath, document, CancellationToken.None), TimeProvider.System);
        SweepOutcome outcome = await ProgressDisplay.WhileAsync(context, progress => run.RunAsync(progress, cancellationToken));
        Exception? unwritten = await SummaryOption.TryAppendAsync(context, new SweepMarkdownExporter(), outcome.Document);
        return SweepView.Write(context, outcome with { Failure = outcome.Failure ?? unwritten });
    }

    private static SweepSpec ReadSweep(ParseResult parsed, CliContext context)
    {
        string? path = parsed.GetValue(SpecPath);
        string over = parsed.GetRequiredValue(Over);
        SpecRules rules = SpecSource.LocalRules(context, parsed, path);
        JsonObject spec = SpecSource.ReadJson(path, parsed, rules);
        // Values are compared with each other, so that all have as many rounds.
        if (spec.TryAdd("untilDecided", false))
            SpecOptions.DropBounds(parsed, spec);
        SweepSpecResult result = SweepReader.Read(
            spec, over, SpecOptions.Split(parsed.GetValue(Values)), Environment.ProcessorCount, rules);
        List<SpecError> errors = [.. result.Errors];
        if (over == SweepReader.NameOf(SweepVariable.Cores) && CoresOption.Read(parsed) is not null)
            errors.Add(new SpecError(CoresOption.Name, "is what the sweep is over; leave it out"));
        if (over == SweepReader.NameOf(SweepVariable.Cores) && !ProcessorPin.IsSupported)
            errors.Add(new SpecError("over", "'cores' needs a system that lets a program choose its processors: Linux or Windows"));
        return errors.Count == 0 ? result.Spec! : throw new BadInputException(path is null ? "the sweep" : $"the sweep of {path}", errors);
    }
}
