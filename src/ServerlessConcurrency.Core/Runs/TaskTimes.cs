namespace ServerlessConcurrency.Core.Runs;

/// <summary>The times of a run's counted tasks, summed up; all in ms.</summary>
/// <param name="MedianWaitMs">The median time from being handed to the model to the start of the execution.</param>
/// <param name="MedianExecutionMs">The median time of one execution.</param>
/// <param name="TotalExecutionMs">The sum of all executions.</param>
/// <param name="HostMs">
/// The sum over hosts of the time between the start of the first and the end of the last execution on it: for how long hosts were in use.
/// </param>
public sealed record TaskTimes(double MedianWaitMs, double MedianExecutionMs, double TotalExecutionMs, double HostMs);
