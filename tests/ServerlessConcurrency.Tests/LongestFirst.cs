using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ServerlessConcurrency.Tests.LongestFirst", "ServerlessConcurrency.Tests")]

namespace ServerlessConcurrency.Tests;

/// <summary>The classes that take longest begin first, so that none of them goes on alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(RunTests), nameof(OwnCodeTests), nameof(InterruptionTests), nameof(CoresTests), nameof(TelemetryTests), nameof(SamplesTests), nameof(ResumeTests), nameof(SubmitTests),
        nameof(ClaimsTests), nameof(SweepTests), nameof(ServeTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.FindIndex(Longest, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal)) is >= 0 and var place ? place : Longest.Length);
}
