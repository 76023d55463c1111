namespace ServerlessConcurrency.Core.Plans;

/// <summary>Whether a further round is to be measured.</summary>
public enum RoundDecision
{
    /// <summary>It is, whatever was measured so far.</summary>
    Needed,

    /// <summary>It is, unless every confidence interval is tight enough, or every recommendation decided, by now.</summary>
    UnlessEnough,

    /// <summary>It is not.</summary>
    NotNeeded,
}
