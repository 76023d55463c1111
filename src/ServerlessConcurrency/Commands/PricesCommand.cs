using System.CommandLine;
using System.Globalization;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Rendering;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc prices</c>: the prices that runs are computed with; with <c>--refresh</c> those of a file from Azure in place of them.</summary>
internal static class PricesCommand
{
    private static readonly Option<string?> Refresh = new Option<string?>("--refresh")
    {
        HelpName = "FILE",
        Description = "A JSON file as Azure's retail prices API answers, whose prices run, sweep, submit and serve take from now on, see docs/cost.md",
    }.RefuseEmpty("the path of a file");

    private static readonly Option<string?> Region = new("--region")
    {
        HelpName = "NAME",
        Description = "With --refresh, the region to take prices of, e.g. westeurope; unless given, the only one in the file",
    };

    public static Command Create()
    {
        var command = new Command("prices", "Shows the prices that costs are computed from, or takes new ones from a file; never asks the network")
        {
            Refresh, Region,
        };
        CommandAction.Set(command, RunAsync);
        CommandHelp.LeaveOutStorage(command);
        CommandHelp.AddExamples(
            command,
            ("sconc prices", "The prices that costs are computed from."),
            ("sconc prices --refresh azure.json --region westeurope", "Takes those of a region from what Azure's retail prices API answered."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        PriceFile inUse = RefreshedPrices.Find(context.ResultsPath) is { } refreshed
            ? PriceList.Sources.With(refreshed, RefreshedPrices.PathIn(context.ResultsPath))
            : PriceList.Sources;
        if (parsed.GetValue(Refresh) is { } path)
            PricesView.Write(context, await RefreshAsync(path, parsed.GetValue(Region), inUse, context));
        else if (parsed.GetValue(Region) is not null)
            throw BadInputException.OfOption(Region.Name, "chooses among the regions of a file; give it with --refresh");
        else
            PricesView.Write(context, inUse);
        return ExitCodes.Success;
    }

    private static async Task<PriceRefresh> RefreshAsync(string path, string? region, PriceFile inUse, CliContext context)
    {
        byte[] content = InputFile.Read(path, RetailPriceReader.MaxBytes, RetailPriceReader.TooLarge);
        string date = File.GetLastWriteTimeUtc(path).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        RetailPriceResult result = RetailPriceReader.Read(content, region, date);
        if (result.File is not { } found)
            throw new BadInputException(path, result.Errors);
        string written = await RefreshedPrices.AddAsync(context.ResultsPath, found);
        return PriceRefresh.Of(inUse, found, result.Missing, written);
    }
}
