namespace ServerlessConcurrency.Core.Analysis;

/// <summary>The model to use for a workload, as far as the experiment tells.</summary>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Size">The size of each task, in the workload's unit.</param>
/// <param name="Model">The recommended model's id.</param>
/// <param name="Reason">Why, in one sentence with the figures.</param>
public sealed record Recommendation(string Workload, long Size, string Model, string Reason);
