using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class WorkloadCatalogTests
{
    [Fact]
    public void Two_workloads_of_one_kind_are_refused() => Assert.Throws<ArgumentException>(
        () => new WorkloadCatalog([new PrimesWorkload(), new DelayWorkload(), new PrimesWorkload()]));

    [Fact]
    public void Asking_for_an_unknown_workload_lists_the_known_ones()
    {
        var catalog = new WorkloadCatalog([new PrimesWorkload(), new DelayWorkload()]);

        Assert.False(catalog.TryGet("sleep", out _));
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => catalog.Get("sleep"));
        Assert.Contains("'sleep'; known: primes, delay", error.Message, StringComparison.Ordinal);
    }
}
