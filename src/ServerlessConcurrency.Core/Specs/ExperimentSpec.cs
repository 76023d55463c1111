using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>Which workloads to measure under which models, as a user writes it; every default filled in.</summary>
public sealed record ExperimentSpec : MeasurementSpec
{
    /// <summary>A name for people, 1 to 100 printable characters; <c>experiment</c> unless given.</summary>
    public override string Name { get; init; } = "experiment";

    /// <summary>The workloads, 1 to 16, no two with the same kind and size.</summary>
    public required IReadOnlyList<WorkloadSpec> Workloads { get; init; }

    /// <summary>The concurrency models by id; every model of the engine unless given.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>How many threads, processes or hosts work at once, 1 to 256 and not above <see cref="InFlight"/>; null: each model's default.</summary>
    public int? Degree { get; init; }

    /// <summary>How many tasks may be under way at once under every model, 1 to 100,000; null: as many as each model holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? InFlight { get; init; }

    /// <summary>How many rounds are measured, 1 to 1,000; with <see cref="Precision"/> or <see cref="UntilDecided"/> at least so many.</summary>
    public int Rounds { get; init; } = 6;

    /// <summary>
    /// Whether rounds go on until every recommendation is decided, up to <see cref="MaxRounds"/> or <see cref="TimeBudgetSeconds"/>. True where neither
    /// <see cref="Rounds"/> nor <see cref="Precision"/> is given.
    /// </summary>
    public bool UntilDecided { get; init; }

    /// <summary>How many rounds are run first and not measured, 0 to 1,000.</summary>
    public int WarmupRounds { get; init; } = 1;

    /// <summary>The seed of task inputs and of the order of runs.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>
    /// The relative half-width that every 95 % confidence interval must reach, above 0 to 1; null: exactly
    /// <see cref="Rounds"/> rounds.
    /// </summary>
    public double? Precision { get; init; }

    /// <summary>
    /// With <see cref="Precision"/> or <see cref="UntilDecided"/>, the most rounds, <see cref="Rounds"/> to 1,000; unless given 30 with the one and
    /// 100 with the other.
    /// </summary>
    public int MaxRounds { get; init; } = 30;

    /// <summary>
    /// With <see cref="Precision"/> or <see cref="UntilDecided"/>, no round begins later than this, in seconds, above 0 to 86,400; null: no limit with the
    /// one, and 25 s more than <see cref="Rounds"/> rounds take with the other.
    /// </summary>
    public double? TimeBudgetSeconds { get; init; }

    /// <summary>How long one task may take in a child process or queue worker, in seconds, above 0 to 86,400.</summary>
    public double TaskTimeoutSeconds { get; init; } = 300;

    /// <summary>
    /// Whether <c>sequential</c> is measured in every round even where <see cref="Models"/> leaves it out: it is the baseline of
    /// every speed-up and shows whether the machine's speed drifted. True unless given.
    /// </summary>
    public bool DriftReference { get; init; } = true;

    /// <summary>
    /// Whether every run begins with fresh processes, started within the measured time, so that their start and the compilation of
    /// their code are measured instead of avoided; without warm-up rounds. False unless given.
    /// </summary>
    public bool ColdStart { get; init; }

    /// <summary>
    /// A run that is shorter is repeated within its round until all repetitions together take so long, in ms, 0 (never repeat) to
    /// 10,000. Its figures are then means over the repetitions.
    /// </summary>
    public double MinRunMs { get; init; } = 20;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Steps => (WarmupRounds + Rounds) * Workloads.Count * Models.Count;
}
