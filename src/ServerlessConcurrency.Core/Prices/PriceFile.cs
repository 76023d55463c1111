namespace ServerlessConcurrency.Core.Prices;

/// <summary>What a price file says.</summary>
/// <param name="Region">The region its prices hold for; null where it names none.</param>
/// <param name="Date">When they held; null where it names none.</param>
/// <param name="Source">Where they come from; null where it names none.</param>
/// <param name="Figures">Its figures: any of <see cref="PriceField.All"/>, each at most once.</param>
public sealed record PriceFile(string? Region, string? Date, string? Source, IReadOnlyList<PriceFigure> Figures)
{
    /// <summary>Puts the figures of another file in place of these; each keeps where it comes from.</summary>
    /// <param name="name">What the other one is called where it does not name its source.</param>
    public PriceFile With(PriceFile other, string name)
    {
        ILookup<PriceField, PriceFigure> figures = other.Named(name).Concat(Figures).ToLookup(figure => figure.Field);
        return this with { Figures = [.. PriceField.All.SelectMany(field => figures[field].Take(1))] };
    }

    private IEnumerable<PriceFigure> Named(string name) => Figures.Select(figure => figure with
    {
        Region = figure.Region ?? Region,
        Date = figure.Date ?? Date,
        Source = figure.Source ?? Source ?? name,
    });
}
