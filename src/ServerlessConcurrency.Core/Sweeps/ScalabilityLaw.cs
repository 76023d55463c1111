namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>
/// The Universal Scalability Law X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)): Gunther, "Guerrilla Capacity Planning",
/// 2007, chapter 4; "A General Theory of Computational Scalability Based on Rational Functions", 2008, arXiv:0808.1431.
/// </summary>
/// <param name="Lambda">The throughput of degree 1, in tasks per second.</param>
/// <param name="Sigma">Contention: the share of the work for which all wait in line, 0 or more.</param>
/// <param name="Kappa">Coherency: what each pair costs that has to agree, 0 or more.</param>
public sealed record ScalabilityLaw(double Lambda, double Sigma, double Kappa)
{
    /// <param name="degree">The degree, 1 or more.</param>
    public double TasksPerSecond(double degree) => Lambda * Speedup(degree);

    /// <summary>How many times the throughput of degree 1.</summary>
    /// <param name="degree">The degree, 1 or more.</param>
    /// <returns>The relative capacity X(N) / X(1).</returns>
    public double Speedup(double degree) => degree / (1 + (Sigma * (degree - 1)) + (Kappa * degree * (degree - 1)));

    /// <summary>
    /// The degree with the highest throughput, sqrt((1 - sigma) / kappa), but at least 1; infinite if kappa is 0 and sigma under 1.
    /// </summary>
    public double Peak() => Sigma >= 1 ? 1
        : Kappa == 0 ? double.PositiveInfinity
        : Math.Max(1, Math.Sqrt((1 - Sigma) / Kappa));
}
