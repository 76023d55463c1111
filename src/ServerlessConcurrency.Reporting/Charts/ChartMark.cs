using System.Globalization;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>The marks of measured values: circle, square, diamond and triangle in turn, so that colours are not the only difference.</summary>
internal static class ChartMark
{
    /// <param name="style">Which one, 0 or more.</param>
    public static string Path(int style, double x, double y) => (style % 4) switch
    {
        0 => $"M{Pixels(x - 4)} {Pixels(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        1 => $"M{Pixels(x - 3.5)} {Pixels(y - 3.5)}h7v7h-7z",
        2 => $"M{Pixels(x)} {Pixels(y - 5)}l5 5l-5 5l-5 -5z",
        _ => $"M{Pixels(x)} {Pixels(y - 5)}l5 8.5h-10z",
    };

    private static string Pixels(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
}
