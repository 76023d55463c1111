namespace ServerlessConcurrency.Validation;

/// <summary>What makes the times of a machine differ. Durations are in undisturbed runs.</summary>
/// <param name="Name">What it is called in the table.</param>
internal sealed record SimulatedLoad(string Name)
{
    /// <summary>The standard deviation of each run's own noise, as a part of its time.</summary>
    public double Own { get; init; } = 0.04;

    /// <summary>The standard deviation of the noise that the runs of a round have in common, as a part of their time.</summary>
    public double Common { get; init; } = 0.03;

    /// <summary>How much slower the machine becomes over the whole experiment, as a part.</summary>
    public double Drift { get; init; }

    /// <summary>How many times as long everything takes while another program works.</summary>
    public double Slowdown { get; init; } = 1;

    /// <summary>How long no other program works, on average and exponentially distributed.</summary>
    public double Calm { get; init; } = double.PositiveInfinity;

    /// <summary>How long another program works, on average and exponentially distributed.</summary>
    public double Busy { get; init; }
}
