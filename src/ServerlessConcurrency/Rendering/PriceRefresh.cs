using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Rendering;

/// <summary>What came of <c>prices --refresh</c>; its document with --json.</summary>
/// <param name="File">Where the prices were written.</param>
/// <param name="Missing">What the file had no price of, and the meter that was looked for.</param>
internal sealed record PriceRefresh(
    string File, string? Region, string? Date, IReadOnlyList<RefreshedPrice> Found, IReadOnlyList<MissingPrice> Missing)
{
    // Prices with more digits than Azure has differ by the errors of arithmetic.
    private const double Tolerance = 1e-9;

    public static PriceRefresh Of(PriceFile before, PriceFile found, IEnumerable<RetailMeter> missing, string file) => new(
        file,
        found.Figures[0].Region,
        found.Figures[0].Date,
        [
            .. from figure in found.Figures
               let old = before.Figures.First(known => known.Field == figure.Field).Value
               select new RefreshedPrice(
                   figure.Field.Name, figure.Field.Unit, old, figure.Value!.Value, old is null || Math.Abs(figure.Value.Value - old.Value) > Tolerance * old.Value),
        ],
        [.. missing.Select(meter => new MissingPrice(meter.Field.Name, meter.ToString()))]);
}

/// <param name="Before">What it was; null where it was not known.</param>
internal sealed record RefreshedPrice(string Name, string Unit, double? Before, double Value, bool Changed);

/// <param name="Meter">As Azure names it.</param>
internal sealed record MissingPrice(string Name, string Meter);
