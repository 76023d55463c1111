using System.CommandLine;
using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Invocation;

/// <summary>The option <c>--prices FILE</c> of every command that shows costs.</summary>
internal static class PriceOption
{
    public static readonly Option<string?> Path = new Option<string?>("--prices")
    {
        Description = "A JSON file with prices in place of those that come with the program, see docs/cost.md",
        HelpName = "FILE",
    }.RefuseEmpty("the path of a file");

    public static void AddTo(Command command) => command.Options.Add(Path);

    /// <summary>The prices of a new run: those that come with the program, <see cref="RefreshedPrices"/>, and the file of the option.</summary>
    /// <returns>The prices; null where they are those that come with the program.</returns>
    /// <exception cref="BadInputException">A file has mistakes; all of them are told.</exception>
    public static PriceList? Read(ParseResult parsed, CliContext context)
    {
        PriceList? prices = ReadRefreshed(context);
        return parsed.GetValue(Path) is { } path
            ? (prices ?? PriceList.Embedded).With(ReadFile(path), System.IO.Path.GetFileName(path))
            : prices;
    }

    /// <summary>As <see cref="Read"/>, for a command without the option.</summary>
    public static PriceList? ReadRefreshed(CliContext context) =>
        RefreshedPrices.Find(context.ResultsPath) is { } file ? PriceList.Embedded.With(file, RefreshedPrices.PathIn(context.ResultsPath)) : null;

    /// <exception cref="BadInputException">It has mistakes; all of them are told.</exception>
    public static PriceFile ReadFile(string path)
    {
        PriceFileResult result = PriceReader.Read(InputFile.Read(path, PriceReader.MaxBytes, PriceReader.TooLarge));
        return result.File ?? throw new BadInputException(path, result.Errors);
    }

    /// <summary>Refuses a file where a sweep is shown: its costs come from experiments that are not at hand.</summary>
    public static void RefuseForSweep(ParseResult parsed)
    {
        if (parsed.GetValue(Path) is not null)
            throw BadInputException.OfOption(Path.Name, "the costs of a sweep are computed when it runs; give the file to sweep, or show its experiments with it");
    }

    /// <summary>Computes the costs of a stored experiment again where a file is given.</summary>
    /// <exception cref="BadInputException">A file has mistakes; all of them are told.</exception>
    public static MeasurementDocument Apply(ParseResult parsed, CliContext context, MeasurementDocument document) =>
        Apply(parsed.GetValue(Path) is null ? null : Read(parsed, context), document);

    /// <summary>Computes the costs of an experiment again by other prices, if there are such; claims have none.</summary>
    public static MeasurementDocument Apply(PriceList? prices, MeasurementDocument document) =>
        prices is not null && document is ExperimentDocument experiment
            ? CostAnalysis.Apply(experiment with { Prices = prices })
            : document;
}
