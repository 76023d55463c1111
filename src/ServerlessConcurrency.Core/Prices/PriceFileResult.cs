using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Prices;

/// <summary>A price file, or every mistake in it.</summary>
/// <param name="File">The file; null if there are errors.</param>
/// <param name="Errors">All mistakes; empty if there is a file.</param>
public sealed record PriceFileResult(PriceFile? File, IReadOnlyList<SpecError> Errors);
