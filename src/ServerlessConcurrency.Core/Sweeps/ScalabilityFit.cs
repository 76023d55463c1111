namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>How the throughput of a model grows with the degree, or with the cores: a fit of <see cref="ScalabilityLaw"/>.</summary>
public sealed record ScalabilityFit
{
    public required string Workload { get; init; }

    /// <summary>The size of its tasks, in the workload's unit.</summary>
    public required long? Size { get; init; }

    public required string Model { get; init; }

    /// <summary>The law with the fitted parameters; null where there is no fit.</summary>
    public ScalabilityLaw? Law { get; init; }

    /// <summary>Why there is no fit; null where there is one.</summary>
    public string? NoFit { get; init; }

    /// <summary>Contention, with its interval; null without a fit.</summary>
    public FittedParameter? Sigma { get; init; }

    /// <summary>Coherency, with its interval; null without a fit.</summary>
    public FittedParameter? Kappa { get; init; }

    /// <summary>The degree with the highest throughput; null without a fit.</summary>
    public PeakDegree? Peak { get; init; }

    /// <summary>The root mean square of the residuals, in percent; null without a fit.</summary>
    public double? RmsResidualPercent { get; init; }

    /// <summary>What the law says of 1,000 instances; null without a fit.</summary>
    public ScalabilityExtrapolation? Extrapolation { get; init; }

    /// <summary>
    /// Whether the throughput is corrected for the speed of the machine while each value was measured: in each round the wall time is divided
    /// by that of <c>sequential</c> and multiplied by its median over all values. False where a value has no run of <c>sequential</c>, and
    /// for <c>sequential</c> itself.
    /// </summary>
    public bool IsDriftCorrected { get; init; }

    /// <summary>What to know about the fit, e.g. which values are left out because a run has fewer tasks.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The throughput by ascending degree.</summary>
    public required IReadOnlyList<ScalabilityPoint> Points { get; init; }
}
