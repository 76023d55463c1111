using System.Collections.Concurrent;
using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Functions.Tests.InMemory;

namespace ServerlessConcurrency.Functions.Tests.Claims;

/// <summary>Replaces the measurement of claims by something that takes no time, and notes which it was asked for.</summary>
internal sealed class ScriptedClaims
{
    private readonly ConcurrentQueue<string> _measured = new();

    public ScriptedClaims(FunctionsApp app) => app.MeasureClaim = async request =>
    {
        Before(request.Claim);
        _measured.Enqueue(request.Claim);
        await app.Claims.KeepAsync(request.Document, Result(request.Claim), default);
    };

    /// <summary>Called before a claim is measured; may throw.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    /// <summary>The claims that were measured, in order.</summary>
    public IReadOnlyList<string> Measured => [.. _measured];

    public static ClaimResult Result(string id) => new(
        id,
        ClaimRegistry.All.Single(claim => claim.Id == id).Statement,
        ClaimEvidence.Decide([ClaimCriterion.Always("it happens", 6, 6)], []),
        ClaimEvidence.NotMeasurable("no CPython was found"));
}
