using System.CommandLine;
using ServerlessConcurrency.Cli.Engine;
using ServerlessConcurrency.Cli.Pinning;
using ServerlessConcurrency.Cli.Rendering;
using ServerlessConcurrency.Cli.Specs;
using ServerlessConcurrency.Cli.Sweeps;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Reporting.Sweeps;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Cli.Commands;

/// <summary><c>sconc sweep</c>: one experiment for each value of a variable, and what they say together.</summary>
internal static class SweepCommand
{
    private static readonly Argument<string?> SpecPath = SpecSource.PathArgument();

    private static readonly Option<string> Over = new("--over")
    {
        Description = $"What differs between the experiments: {string.Join(", ", SweepReader.Variables)}",
        Required = true,
    };

    private static readonly Option<string[]> Values = new("--values")
    {
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
        SpecOptions.AddTo(command);
        CoresOption.AddTo(command);
        PriceOption.AddTo(command);
        CliApplication.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        int? cores = CoresOption.Read(parsed);
        SweepSpec sweep = Read(parsed, context, cores);
        PriceList? prices = PriceOption.Read(parsed);
        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        if (await PinnedCommand.RunInsteadAsync(cores, context, cancellationToken) is { } exitCode)
            return exitCode;
        ISweepStep step = sweep.Over == SweepVariable.Cores
            ? new PinnedSweepStep(context, parsed.GetValue(PriceOption.Path))
            : new LocalSweepStep(prices, storage);
        var run = new SweepRun(
            sweep, step, document => SweepFolder.WriteAsync(context.ResultsPath, document, CancellationToken.None), TimeProvider.System);
        SweepOutcome outcome = await ProgressDisplay.WhileAsync(context, progress => run.RunAsync(progress, cancellationToken));
        return SweepView.Write(context, outcome);
    }

    private static SweepSpec Read(ParseResult parsed, CliContext context, int? cores)
    {
        SpecRules rules = LocalModels.Rules(
            EveryWorkload.Create(new WorkloadEnvironment()), hasStorage: context.Connection != StorageConnection.None);
        string? path = parsed.GetValue(SpecPath);
        string over = parsed.GetRequiredValue(Over);
        SweepSpecResult result = SweepReader.Read(
            SpecSource.ReadJson(path, parsed), over, SpecOptions.Split(parsed.GetValue(Values)), Environment.ProcessorCount, rules);
        List<SpecError> errors = [.. result.Errors];
        if (over == SweepReader.NameOf(SweepVariable.Cores) && cores is not null)
            errors.Add(new SpecError(CoresOption.Name, "is what the sweep is over; leave it out"));
        if (over == SweepReader.NameOf(SweepVariable.Cores) && !ProcessorPin.IsSupported)
            errors.Add(new SpecError("over", "'cores' needs a system that lets a program choose its processors: Linux or Windows"));
        return errors.Count == 0 ? result.Spec! : throw new BadInputException($"the sweep of {SpecSource.NameOf(path)}", errors);
    }
}
