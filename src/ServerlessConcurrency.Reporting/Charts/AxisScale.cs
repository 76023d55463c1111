namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>How an axis is divided.</summary>
internal enum AxisScale
{
    /// <summary>From 0, equal distances for equal differences.</summary>
    Linear,

    /// <summary>Equal distances for equal ratios; values of 0 or less are left out.</summary>
    Logarithmic,

    /// <summary>Whichever of the two shows the values better.</summary>
    Fitting,
}
