using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>What a spec may ask an engine for.</summary>
/// <param name="Workloads">The workloads the engine knows.</param>
/// <param name="Models">The ids of the models the engine can run, in the order in which a spec that names none gets them.</param>
/// <param name="Unavailable">
/// Workloads and models that exist but cannot run here, with the reason, e.g. <c>queue</c> without storage.
/// </param>
/// <param name="NoColdStart">Why the engine cannot measure cold starts, as the end of a message; null where it can.</param>
/// <param name="Claims">The ids of the claims that the engine can measure, in their order; null where it measures none.</param>
/// <param name="Refusal">Why the engine measures nothing at all, as the end of a message; null where it does.</param>
public sealed record SpecRules(
    WorkloadCatalog Workloads,
    IReadOnlyList<string> Models,
    IReadOnlyDictionary<string, string> Unavailable,
    string? NoColdStart = null,
    IReadOnlyList<string>? Claims = null,
    string? Refusal = null)
{
    /// <summary>The folder in which the relative paths of items begin; null where no items can be read.</summary>
    public string? ItemsFolder { get; init; }

    /// <summary>Whether items may only be in that folder and those inside it: specs come from others.</summary>
    public bool ConfinesItems { get; init; }
}
