namespace ServerlessConcurrency.Core.Prices;

/// <summary>What a price file says.</summary>
/// <param name="Region">The region its prices hold for; null where it names none.</param>
/// <param name="Date">When they held; null where it names none.</param>
/// <param name="Source">Where they come from; null where it names none.</param>
/// <param name="Figures">Its figures: any of <see cref="PriceField.All"/>, each at most once.</param>
public sealed record PriceFile(string? Region, string? Date, string? Source, IReadOnlyList<PriceFigure> Figures);
