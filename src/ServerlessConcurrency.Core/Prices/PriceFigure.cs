namespace ServerlessConcurrency.Core.Prices;

/// <summary>A figure of a price file, with where it comes from.</summary>
/// <param name="Value">Its value in the field's unit; null where it is not known, e.g. not measured.</param>
/// <param name="Region">The region it holds for; null where the file's own holds, or none does.</param>
/// <param name="Date">When it held; null where the file's own holds.</param>
/// <param name="Source">Where it was read, or how it was measured; null where the file's own holds.</param>
/// <param name="Checked">Whether it was read in the source named, rather than taken on trust; null where nobody said.</param>
public sealed record PriceFigure(PriceField Field, double? Value, string? Region, string? Date, string? Source, bool? Checked);
