using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Tests.Pool;

public sealed class WarmUpTests
{
    private const int GuardMs = 120_000;

    [Fact(Timeout = GuardMs)]
    public async Task A_child_process_compiles_nothing_in_its_first_task()
    {
        await using var fixture = new PoolFixture();

        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync("compiles", tasks: 3, degree: 1);

        Assert.Equal([0UL, 0, 0], attempts.Select(attempt => attempt.Checksum));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_cold_one_compiles_its_first_task()
    {
        await using var fixture = new PoolFixture();

        IReadOnlyList<TaskAttempt> cold = await fixture.RunAsync(await fixture.BeginAsync("compiles", tasks: 3, degree: 1, coldStart: true));

        Assert.True(cold[0].Checksum > 0);
    }

    [Fact(Timeout = GuardMs)]
    public async Task The_start_of_kept_processes_is_told_of_each_of_their_runs()
    {
        await using var fixture = new PoolFixture();
        RunContext first = await fixture.BeginAsync("empty", degree: 1);
        await fixture.RunAsync(first);
        RunContext second = await fixture.BeginAsync("empty", degree: 1);
        await fixture.RunAsync(second);

        Assert.True(first.Facts.ProcessStart > TimeSpan.Zero);
        Assert.Equal(first.Facts.ProcessStart, second.Facts.ProcessStart);
    }
}
