namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>What connects the points of a line.</summary>
internal enum LineShape
{
    Straight,

    /// <summary>A value holds until the next.</summary>
    Step,

    /// <summary>Nothing: the points stand for themselves.</summary>
    None,
}
