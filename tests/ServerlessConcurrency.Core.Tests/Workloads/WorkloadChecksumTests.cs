using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class WorkloadChecksumTests(WorkloadFixture fixture) : IClassFixture<WorkloadFixture>
{
    public static TheoryData<string, long, int, long> Inputs()
    {
        var inputs = new TheoryData<string, long, int, long>();
        (string Kind, long[] Sizes)[] workloads =
        [
            ("primes", [1, 2, 3, 10, 5_000]),
            ("sha256", [1, 64, 500]),
            ("matmul", [1, 2, 17, 64]),
            ("delay", [1, 7]),
            ("http", [1, 3]),
            ("file", [1, 65]),
            ("mixed", [1]),
        ];
        foreach ((string kind, long[] sizes) in workloads)
            foreach (long size in sizes)
                foreach ((int index, long seed) in new[] { (0, 42L), (7, 42L), (0, long.MinValue), (99_999, -1L) })
                    inputs.Add(kind, size, index, seed);
        return inputs;
    }

    [Fact]
    public void Every_built_in_workload_is_tried_here() => Assert.Equal(
        fixture.Workloads.All.Select(workload => workload.Kind).Order(),
        Inputs().Select(row => (string)row[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task The_blocking_and_the_awaiting_form_compute_the_same(string kind, long size, int index, long seed)
    {
        Workload workload = fixture.Workloads.Get(kind);
        var task = new TaskInput(size, index, seed);

        ulong blocking = workload.Execute(task, new Execution());

        Assert.Equal(blocking, await workload.ExecuteAsync(task, new Execution()).AsTask().Patiently());
        Assert.Equal(blocking, workload.Execute(task, new Execution()));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Another_index_or_seed_gives_another_checksum(string kind, long size, int index, long seed)
    {
        Workload workload = fixture.Workloads.Get(kind);
        ulong checksum = workload.Execute(new TaskInput(size, index, seed), new Execution());

        Assert.NotEqual(checksum, workload.Execute(new TaskInput(size, index + 1, seed), new Execution()));
        Assert.NotEqual(checksum, workload.Execute(new TaskInput(size, index, seed ^ 1), new Execution()));
    }

    [Fact]
    public void Every_workload_states_its_unit_and_bounds() => Assert.All(fixture.Workloads.All, workload =>
    {
        Assert.NotEmpty(workload.SizeUnit);
        Assert.InRange(workload.MaxSize, 1, 1_000_000_000);
    });
}
