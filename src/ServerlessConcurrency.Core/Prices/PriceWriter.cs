using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Core.Prices;

/// <summary>Writes a price file, as <see cref="PriceReader"/> reads it.</summary>
public static class PriceWriter
{
    /// <summary>The file as JSON; what is null in it is left out, but for values.</summary>
    public static JsonObject Write(PriceFile file)
    {
        JsonObject json = Texts(file.Region, file.Date, file.Source);
        json["prices"] = new JsonObject(file.Figures.Select(figure => KeyValuePair.Create(figure.Field.Name, (JsonNode?)Write(figure))));
        return json;
    }

    private static JsonObject Write(PriceFigure figure)
    {
        // A decimal, which is written without an exponent.
        var json = new JsonObject { ["value"] = (decimal?)figure.Value, ["unit"] = figure.Field.Unit };
        foreach ((string name, JsonNode? text) in Texts(figure.Region, figure.Date, figure.Source))
            json[name] = text?.DeepClone();
        if (figure.Checked is { } isChecked)
            json["checked"] = isChecked;
        return json;
    }

    private static JsonObject Texts(string? region, string? date, string? source) => new(
        new[] { ("region", region), ("date", date), ("source", source) }
            .Where(text => text.Item2 is not null)
            .Select(text => KeyValuePair.Create(text.Item1, (JsonNode?)text.Item2)));
}
