using System.Globalization;
using ServerlessConcurrency.Core.Prices;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>Prices as the terminal shows them; with --json a list is a price file.</summary>
internal static class PricesView
{
    public static void Write(CliContext context, PriceFile prices)
    {
        if (context.Json)
        {
            context.WriteJson(PriceWriter.Write(prices));
            return;
        }

        foreach (PriceFigure figure in prices.Figures)
        {
            string[] place = [.. new[] { figure.Region, figure.Date }.OfType<string>()];
            context.Out.MarkupLineInterpolated($"[bold]{figure.Field.Name}[/]: {Number(figure.Value)} {figure.Field.Unit}");
            Indented(context, $"[grey]{Markup.Escape($"{string.Join(", ", place)}: {figure.Source}")}[/]");
        }
    }

    public static void Write(CliContext context, PriceRefresh refresh)
    {
        if (context.Json)
        {
            context.WriteJson(refresh);
            return;
        }

        IAnsiConsole console = context.Out;
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{refresh.Region}, US dollars, {refresh.Date}: [bold]{refresh.Found.Count} of {RetailMeter.All.Count}[/] prices found, {refresh.Found.Count(price => price.Changed)} changed.");
        foreach (RefreshedPrice price in refresh.Found)
        {
            string before = price.Changed ? $" (was {Number(price.Before)})" : ", as before";
            Indented(context, Markup.Escape($"{price.Name}: {Number(price.Value)} {price.Unit}{before}"));
        }

        if (refresh.Missing.Count > 0)
            console.WriteLine("Not in the file, and left as they are:");
        foreach (MissingPrice price in refresh.Missing)
            Indented(context, Markup.Escape($"{price.Name} ({price.Meter})"));
        console.WriteLine($"Written to {refresh.File}: run, sweep, submit and serve take them where --out is the same. Delete it to go back.");
    }

    private static string Number(double? value) => value is null ? "not known" : ((decimal)value).ToString("#,0.############", CultureInfo.InvariantCulture);

    private static void Indented(CliContext context, string markup) => context.Out.Write(new Padder(new Markup(markup), new Padding(2, 0, 0, 0)));
}
