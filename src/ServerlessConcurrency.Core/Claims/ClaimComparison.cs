namespace ServerlessConcurrency.Core.Claims;

/// <summary>What a criterion asks of its figure.</summary>
public enum ClaimComparison
{
    /// <summary>The true value lies above the bound.</summary>
    Above,

    /// <summary>The true value lies below the bound.</summary>
    Below,

    /// <summary>It happens every time: a single exception refutes it.</summary>
    Always,

    /// <summary>It can happen: a single occurrence proves it.</summary>
    Sometimes,
}
