namespace ServerlessConcurrency.Core.Specs;

/// <summary>A spec, or every mistake in it.</summary>
/// <param name="Spec">The spec with every default filled in; null if there are errors.</param>
/// <param name="Errors">All mistakes, in the order of the fields; empty if there is a spec.</param>
public sealed record SpecResult(MeasurementSpec? Spec, IReadOnlyList<SpecError> Errors);
