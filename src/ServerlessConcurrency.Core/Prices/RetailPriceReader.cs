using System.Globalization;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Prices;

/// <summary>
/// Reads an answer of Azure's retail prices API (https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices): the meters of
/// <see cref="RetailMeter"/> and nothing else. Finds every mistake in them at once. Never throws on bad input.
/// </summary>
public static class RetailPriceReader
{
    /// <summary>The largest file, in bytes: 1 MiB; a page of the API with 1,000 items has some 800 KB.</summary>
    public const int MaxBytes = SpecReader.MaxBytes;

    private const string Items = "Items";
    private const string Dollars = "USD";
    private const string PayAsYouGo = "Consumption";
    private const double HighestPrice = 1_000_000;
    private const double MostUnits = 1_000_000_000_000;
    private const int LongestText = 400;

    /// <summary>Reads JSON text.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <param name="region">The region to take prices of, e.g. <c>westeurope</c>; null: the only one in it.</param>
    /// <param name="date">When the prices held.</param>
    public static RetailPriceResult Read(ReadOnlySpan<byte> utf8, string? region, string date)
    {
        if (utf8.Length > MaxBytes)
            return Wrong(TooLarge(utf8.Length));
        JsonObject? json = SpecReader.ParseObject(utf8, $"with the field '{Items}', as Azure's retail prices API answers", out SpecError? error);
        if (json is null)
            return Wrong(error!);
        if (json[Items] is not JsonArray items)
            return Wrong(new SpecError(Items, "is missing or no array; expected an answer of Azure's retail prices API"));
        var errors = new List<SpecError>();
        RetailPrice[] prices = [.. items.SelectMany((item, index) => ReadItem(item, $"{Items}[{index}]", region, errors))];
        return errors.Count > 0 ? Wrong([.. errors]) : Select(prices, region, date);
    }

    /// <summary>The error for a file over <see cref="MaxBytes"/>, for callers that look at its length before they read it.</summary>
    public static SpecError TooLarge(long? bytes) => new(
        "", FormattableString.Invariant($"has {SpecReader.Bytes(bytes, MaxBytes)}; at most {MaxBytes:N0} are read: ask the API for one service and region at a time, with $filter"));

    // One for the meter that the item is the price of, none for items that nothing is computed from.
    private static IEnumerable<RetailPrice> ReadItem(JsonNode? node, string path, string? region, List<SpecError> errors)
    {
        if (node is not JsonObject item)
        {
            errors.Add(new SpecError(path, "is no object"));
            yield break;
        }

        if (RetailMeter.All.FirstOrDefault(meter => IsOf(item, meter)) is not { } found)
            yield break;
        var fields = new SpecFields(item, path, errors);
        string? place = fields.RequiredText("armRegionName", LongestText);
        if (region is not null && place is not null && place != region)
            yield break;
        int before = errors.Count;
        if (fields.RequiredText("currencyCode", LongestText) is { } currency && currency != Dollars)
        {
            errors.Add(new SpecError(
                $"{path}.currencyCode", $"'{SpecFields.Shorten(currency)}' is not supported; costs are in US dollars: ask the API without currencyCode"));
        }

        double? price = fields.RequiredNumberFromZero("retailPrice", HighestPrice);
        double? from = fields.NumberFromZero("tierMinimumUnits", MostUnits);
        decimal? count = ReadCount(fields.RequiredText("unitOfMeasure", LongestText), found, path, errors);
        if (errors.Count == before && place is not null)
            yield return new RetailPrice(found, place, from ?? 0, path, (double)((decimal)price!.Value * found.PerFigure / count!.Value));
    }

    private static bool IsOf(JsonObject item, RetailMeter meter) =>
        Is(item, "meterName", meter.Name) && Is(item, "serviceName", meter.Service) && Is(item, "productName", meter.Product)
            && Is(item, "skuName", meter.Sku) && Is(item, "type", PayAsYouGo);

    private static bool Is(JsonObject item, string field, string? expected) =>
        expected is null || (item[field] is JsonValue value && value.TryGetValue(out string? text) && text == expected);

    // "1 GB Second", "10", "10K", "1M".
    private static decimal? ReadCount(string? text, RetailMeter meter, string path, List<SpecError> errors)
    {
        if (text is null)
            return null;
        string[] parts = text.Split(' ', 2);
        int scale = parts[0] is [.., 'K'] ? 1_000 : parts[0] is [.., 'M'] ? 1_000_000 : 1;
        if ((parts.ElementAtOrDefault(1) ?? "") == meter.Unit
            && int.TryParse(parts[0].TrimEnd('K', 'M'), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
            return (decimal)number * scale;
        string expected = meter.Unit.Length == 0 ? "a number, e.g. 10 or 10K" : $"a number and '{meter.Unit}', e.g. 1 {meter.Unit}";
        errors.Add(new SpecError($"{path}.unitOfMeasure", $"'{SpecFields.Shorten(text)}' is not how {meter.Name} is counted; expected {expected}"));
        return null;
    }

    private static RetailPriceResult Select(RetailPrice[] prices, string? region, string date)
    {
        string[] regions = [.. prices.Select(price => price.Region).Distinct()];
        if (regions.Length == 0)
        {
            string place = region is null ? "" : $" in region '{SpecFields.Shorten(region)}'";
            return Wrong(new SpecError(Items, $"none is a meter that costs are computed from{place}; expected e.g. serviceName 'Functions', meterName "
                + $"'{RetailMeter.All[0].Name}', type '{PayAsYouGo}'"));
        }

        if (regions.Length > 1)
            return Wrong(new SpecError($"{Items}[].armRegionName", $"has {string.Join(", ", regions.Order(StringComparer.Ordinal))}; choose one with --region"));

        var errors = new List<SpecError>();
        PriceFigure[] figures =
        [
            .. from meter in RetailMeter.All
               let value = PriceOf(meter, [.. prices.Where(price => price.Meter == meter)], errors)
               where value is not null
               select new PriceFigure(meter.Field, value, regions[0], date, $"Azure Retail Prices API, https://prices.azure.com ({meter})", Checked: true),
        ];
        RetailMeter[] missing = [.. RetailMeter.All.Where(meter => figures.All(figure => figure.Field != meter.Field))];
        return errors.Count > 0 ? Wrong([.. errors]) : new RetailPriceResult(new PriceFile(null, null, null, figures), missing, []);
    }

    // The first tier that costs something: what comes before it is a free grant.
    private static double? PriceOf(RetailMeter meter, RetailPrice[] tiers, List<SpecError> errors)
    {
        RetailPrice[] paid = [.. tiers.Where(tier => tier.Value > 0).OrderBy(tier => tier.From)];
        if (paid.Length == 0)
            return null;
        foreach (RetailPrice other in paid.Where(tier => tier.From == paid[0].From && tier.Value != paid[0].Value))
            errors.Add(new SpecError($"{other.Path}.retailPrice", $"is another price for {meter.Name} than {paid[0].Path} has; leave in one"));
        if (paid[0].Value > meter.Field.Max)
        {
            errors.Add(new SpecError(
                $"{paid[0].Path}.retailPrice",
                FormattableString.Invariant($"comes to {paid[0].Value} {meter.Field.Unit}, which is out of range; expected at most {meter.Field.Max}")));
        }

        return paid[0].Value;
    }

    private static RetailPriceResult Wrong(params SpecError[] errors) => new(null, [], errors);

    /// <param name="From">From how many units of a month on it holds.</param>
    /// <param name="Path">Where it stands in the file.</param>
    /// <param name="Value">In the unit of the figure.</param>
    private sealed record RetailPrice(RetailMeter Meter, string Region, double From, string Path, double Value);
}
