namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>What connects the points of a line.</summary>
internal enum LineShape
{
    Straight,

    /// <summary>A value holds until the next.</summary>
    Step,

    /// <summary>The same around points that are also on other lines.</summary>
    Frontier,

    /// <summary>Nothing: the points stand for themselves.</summary>
    None,
}
