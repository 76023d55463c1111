using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>A measured figure and the side on which it was measured.</summary>
internal sealed record SidedFigure(ClaimSide Side, ClaimFigure Figure)
{
    /// <summary>Whether there is an estimate that can be drawn.</summary>
    public bool IsDrawn => double.IsFinite(Figure.Estimate);

    /// <summary>Where its interval begins in a chart.</summary>
    public double Low => double.IsNaN(Figure.Low) ? Figure.Estimate : Figure.Low;

    /// <summary>Where its interval ends in a chart.</summary>
    public double High => double.IsNaN(Figure.High) ? Figure.Estimate : Figure.High;
}
