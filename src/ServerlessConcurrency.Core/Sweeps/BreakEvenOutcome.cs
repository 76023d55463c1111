namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>What a sweep says of a model against another one. Only what was measured counts: nothing is extrapolated.</summary>
public enum BreakEvenOutcome
{
    /// <summary>Faster at every measured value.</summary>
    AlwaysFaster,

    /// <summary>Faster at no measured value.</summary>
    NeverFaster,

    /// <summary>Faster at all measured values above the break-even point, and slower at the one below it.</summary>
    FasterFrom,

    /// <summary>Slower at all measured values above the break-even point, and faster at the one below it.</summary>
    FasterUpTo,

    /// <summary>The evidence does not decide.</summary>
    Undecided,
}
