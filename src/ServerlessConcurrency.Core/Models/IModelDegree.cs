using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>What a plan needs to know of a concurrency model, whoever carries it out.</summary>
public interface IModelDegree
{
    /// <summary>The name in a spec, e.g. <c>threads</c>.</summary>
    string Id { get; }

    /// <summary>How many threads, processes or hosts the model uses where the spec does not say.</summary>
    /// <param name="nature">What the workload spends its time on.</param>
    /// <param name="tasks">How many tasks the run has.</param>
    /// <param name="processors">How many processors the program may use.</param>
    /// <returns>The default degree, 1 or more.</returns>
    int DefaultDegree(WorkloadNature nature, int tasks, int processors);

    /// <summary>The degree that is used when the spec asks for one; models with a single thread return 1.</summary>
    /// <param name="requested">The spec's degree.</param>
    /// <returns>The degree in effect.</returns>
    int EffectiveDegree(int requested);
}
