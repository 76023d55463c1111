namespace ServerlessConcurrency.Core.Specs;

/// <summary>What the results of a workload's tasks tell of the models.</summary>
public enum TaskResults
{
    /// <summary>Equal tasks have equal results: a model with other ones computes something else.</summary>
    Compared,

    /// <summary>There are none.</summary>
    None,

    /// <summary>A task executed twice has two results.</summary>
    NotDeterministic,
}
