using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Prices;

/// <summary>Reads a price file and finds every mistake in it at once. Never throws on bad input.</summary>
public static class PriceReader
{
    /// <summary>The largest price file, in bytes: 64 KiB, some ten times what one with every figure and source needs.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int LongestText = 400;
    private static readonly string[] Fields = ["region", "date", "source", "prices"];
    private static readonly string[] FigureFields = ["value", "unit", "region", "date", "source", "checked"];

    /// <summary>Reads JSON text as a price file.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    public static PriceFileResult Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            return new PriceFileResult(null, [TooLarge(utf8.Length)]);
        JsonObject? json = SpecReader.ParseObject(utf8, "with the field 'prices'", out SpecError? error);
        return json is null ? new PriceFileResult(null, [error!]) : Read(json);
    }

    /// <summary>The error for a file over <see cref="MaxBytes"/>, for callers that look at its length before they read it.</summary>
    public static SpecError TooLarge(long? bytes) =>
        new("", FormattableString.Invariant($"has {SpecReader.Bytes(bytes, MaxBytes)}; a price file has at most {MaxBytes:N0}"));

    private static PriceFileResult Read(JsonObject json)
    {
        var errors = new List<SpecError>();
        var fields = new SpecFields(json, "", errors);
        fields.RejectUnknown(Fields);
        var file = new PriceFile(
            fields.Text("region", LongestText), fields.Text("date", LongestText), fields.Text("source", LongestText), ReadFigures(json, errors));
        return errors.Count == 0 ? new PriceFileResult(file, []) : new PriceFileResult(null, errors);
    }

    private static List<PriceFigure> ReadFigures(JsonObject json, List<SpecError> errors)
    {
        if (json["prices"] is not JsonObject { Count: > 0 } prices)
        {
            errors.Add(new SpecError(
                "prices", $"is missing or no object with a figure; expected e.g. {{ \"{PriceField.FlexGigabyteSecond.Name}\": 0.000026 }}"));
            return [];
        }

        new SpecFields(prices, "prices", errors).RejectUnknown([.. PriceField.All.Select(field => field.Name)]);
        return
        [
            .. PriceField.All
                .Where(field => prices.ContainsKey(field.Name))
                .Select(field => ReadFigure(prices, field, errors)),
        ];
    }

    // A number by itself, or an object that also says where it comes from.
    private static PriceFigure ReadFigure(JsonObject prices, PriceField field, List<SpecError> errors)
    {
        if (prices[field.Name] is not JsonObject figure)
        {
            double? number = new SpecFields(prices, "prices", errors).NumberFromZero(field.Name, field.Max);
            return new PriceFigure(field, number, Region: null, Date: null, Source: null, Checked: null);
        }

        string path = $"prices.{field.Name}";
        var fields = new SpecFields(figure, path, errors);
        fields.RejectUnknown(FigureFields);
        if (!figure.ContainsKey("value"))
            errors.Add(new SpecError($"{path}.value", "is missing"));
        if (fields.Text("unit", LongestText) is { } unit && unit != field.Unit)
            errors.Add(new SpecError($"{path}.unit", $"'{SpecFields.Shorten(unit)}' is not what it is counted in; expected '{field.Unit}'"));
        return new PriceFigure(
            field,
            fields.NumberFromZero("value", field.Max),
            fields.Text("region", LongestText),
            fields.Text("date", LongestText),
            fields.Text("source", LongestText),
            fields.Boolean("checked"));
    }
}
