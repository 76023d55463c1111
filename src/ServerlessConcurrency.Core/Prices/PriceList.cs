namespace ServerlessConcurrency.Core.Prices;

/// <summary>The figures that costs were computed from; a part of experiment.json.</summary>
public sealed record PriceList
{
    private static readonly Lazy<PriceFile> EmbeddedFile = new(ReadEmbedded);
    private static readonly Lazy<PriceList> EmbeddedList = new(() => Of(EmbeddedFile.Value));

    /// <summary>The region the prices hold for, e.g. <c>eastus</c>.</summary>
    public required string Region { get; init; }

    /// <summary>When they held.</summary>
    public required string Date { get; init; }

    /// <summary>Where they come from.</summary>
    public required string Source { get; init; }

    /// <summary>What a file of the user's put in place of some of them; null where nothing was.</summary>
    public PriceOverride? Override { get; init; }

    /// <summary>The figures by <see cref="PriceField.Name"/>; one that is not known is missing.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>The prices that come with the program: list prices in US dollars.</summary>
    public static PriceList Embedded => EmbeddedList.Value;

    /// <summary>The file they come from, each figure with its source.</summary>
    public static PriceFile Sources => EmbeddedFile.Value;

    /// <summary>Puts the figures of a file in place of these.</summary>
    public PriceList With(PriceFile file, string name)
    {
        Dictionary<string, double> values = new(Values);
        foreach (PriceFigure figure in file.Figures)
        {
            values.Remove(figure.Field.Name);
            if (figure.Value is { } value)
                values[figure.Field.Name] = value;
        }

        return this with
        {
            Values = values,
            Override = new PriceOverride(
                file.Region, file.Date, file.Source ?? name, [.. file.Figures.Select(figure => figure.Field.Name)])
            {
                Earlier = Override,
            },
        };
    }

    /// <summary>A figure.</summary>
    /// <returns>Its value in the field's unit; null where it is not known.</returns>
    public double? Find(PriceField field) => Values.TryGetValue(field.Name, out double value) ? value : null;

    private static PriceList Of(PriceFile file) => new()
    {
        Region = file.Region!,
        Date = file.Date!,
        Source = file.Source!,
        Values = file.Figures
            .Where(figure => figure.Value is not null)
            .ToDictionary(figure => figure.Field.Name, figure => figure.Value!.Value),
    };

    private static PriceFile ReadEmbedded()
    {
        using Stream resource = typeof(PriceList).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("The price file prices.json is not part of the assembly.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        PriceFileResult result = PriceReader.Read(content.ToArray());
        return result.File ?? throw new InvalidOperationException($"prices.json: {result.Errors[0]}");
    }
}
