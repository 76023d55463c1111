using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>How a side of a claim looks in every chart: its colour and its mark.</summary>
/// <param name="Name">The side, as in <see cref="ClaimResult.Sides"/>.</param>
/// <param name="Colour">The number of its colour in the style sheet.</param>
/// <param name="Mark">The number of its mark, see <see cref="HtmlReport.ChartMark"/>.</param>
internal sealed record ClaimSide(string Name, int Colour, int Mark)
{
    /// <summary>The look of a side.</summary>
    /// <param name="name">The side.</param>
    /// <returns>Its look.</returns>
    public static ClaimSide Of(string name) => name switch
    {
        ".NET" => new ClaimSide(name, 1, 0),
        "CPython" => new ClaimSide(name, 2, 1),
        _ => new ClaimSide(name, 5, 2),
    };
}
