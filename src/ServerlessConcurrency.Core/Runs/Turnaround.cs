namespace ServerlessConcurrency.Core.Runs;

/// <summary>
/// What an orchestration takes from the end of a task to the moment at which it schedules the next in its place: with a history that is still
/// short, and with one that has become long. Means over its generations, in ms.
/// </summary>
/// <param name="FirstMs">Over the first quarter of a generation's tasks.</param>
/// <param name="LastMs">Over the last quarter.</param>
public sealed record Turnaround(double FirstMs, double LastMs);
