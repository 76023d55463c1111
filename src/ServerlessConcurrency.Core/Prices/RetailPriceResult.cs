using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Prices;

/// <summary>What a file of Azure's retail prices says of the meters that costs are computed from, or every mistake in it.</summary>
/// <param name="File">The figures found; null if there are errors.</param>
/// <param name="Missing">The meters that it has no price of.</param>
/// <param name="Errors">All mistakes; empty if there is a file.</param>
public sealed record RetailPriceResult(PriceFile? File, IReadOnlyList<RetailMeter> Missing, IReadOnlyList<SpecError> Errors);
