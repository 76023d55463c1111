namespace ServerlessConcurrency.Core.Claims;

/// <summary>What the measurements say of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>Every criterion is met, by its whole 95 % interval.</summary>
    Holds,

    /// <summary>At least one criterion is not met, by its whole 95 % interval.</summary>
    DoesNotHold,

    /// <summary>It was measured, and the intervals decide neither way.</summary>
    Inconclusive,

    /// <summary>This machine or engine lacks what the experiment needs.</summary>
    NotMeasurable,
}
