using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Durable.FanOut;

namespace ServerlessConcurrency.Durable.Orchestration;

/// <summary>The input of a generation of <see cref="ExperimentOrchestrator"/>: how far the experiment has come.</summary>
public sealed record ExperimentJourney
{
    /// <summary>The experiment, without its runs.</summary>
    public required ExperimentDocument Document { get; init; }

    /// <summary>How fan-outs treat their activities.</summary>
    public FanOutOptions FanOut { get; init; } = new();

    /// <summary>The span of the experiment, as W3C Trace Context writes it; null where it is not traced.</summary>
    public string? Trace { get; init; }

    /// <summary>How many rounds are done, warm-up included.</summary>
    public int RoundsDone { get; init; }

    /// <summary>When the first measured round began; null before.</summary>
    public DateTime? MeasuringSince { get; init; }

    /// <summary>How many measured rounds are done.</summary>
    internal int MeasuredRounds => Math.Max(0, RoundsDone - Document.Spec.WarmupRounds);

    /// <summary>How many measured rounds have begun, the one that this generation walks included.</summary>
    internal int MeasuredRoundsBegun => MeasuredRounds + (IsWarmingUp ? 0 : 1);

    /// <summary>Whether the next round is not measured.</summary>
    internal bool IsWarmingUp => RoundsDone < Document.Spec.WarmupRounds;
}
