using System.Text.Json;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Invocation;

/// <summary>The prices that <c>prices --refresh</c> took over: a price file in the folder for results, which later runs read.</summary>
internal static class RefreshedPrices
{
    private const string Source = "Azure Retail Prices API";

    public static string PathIn(string resultsPath) => Path.Combine(resultsPath, "prices.json");

    /// <returns>The file; null where there is none.</returns>
    /// <exception cref="BadInputException">It was changed and has mistakes, all of which are told, or is a folder.</exception>
    public static PriceFile? Find(string resultsPath) => Path.Exists(PathIn(resultsPath)) ? PriceOption.ReadFile(PathIn(resultsPath)) : null;

    /// <summary>Puts the figures of a file beside those that are there already, in place of the same ones.</summary>
    /// <returns>The path of what was written.</returns>
    public static async Task<string> AddAsync(string resultsPath, PriceFile found)
    {
        PriceFile all = Find(resultsPath)?.With(found, Source) ?? found;
        string[] regions = [.. all.Figures.Select(figure => figure.Region).OfType<string>().Distinct()];
        all = all with
        {
            Region = regions.Length == 1 ? regions[0] : null,
            Date = all.Figures.Max(figure => figure.Date),
            Source = Source,
        };
        OutFolder.Prepare(resultsPath);
        string path = PathIn(resultsPath);
        await AtomicFile.ReplaceAsync(path, file => JsonSerializer.SerializeAsync(file, PriceWriter.Write(all), ExperimentJson.Indented));
        return path;
    }
}
