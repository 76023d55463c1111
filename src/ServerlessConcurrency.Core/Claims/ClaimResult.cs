using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Claims;

/// <summary>A claim and what was found of it.</summary>
/// <param name="Id">Its id, <c>C1</c> to <c>C12</c>.</param>
/// <param name="Emulated">
/// What was measured in .NET under an emulated interpreter lock, <c>gil-threads</c>; null for claims that are not about such a lock.
/// </param>
public sealed record ClaimResult(
    string Id,
    string Statement,
    ClaimEvidence DotNet,
    ClaimEvidence CPython,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClaimEvidence? Emulated = null)
{
    /// <summary>All that was measured, by side.</summary>
    [JsonIgnore]
    public IEnumerable<(string Side, ClaimEvidence Evidence)> Sides
    {
        get
        {
            yield return (".NET", DotNet);
            if (Emulated is not null)
                yield return (GilThreadsModel.ModelId, Emulated);
            yield return ("CPython", CPython);
        }
    }
}
