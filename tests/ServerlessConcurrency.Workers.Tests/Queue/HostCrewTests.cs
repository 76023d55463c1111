using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Workers.Crews;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class HostCrewTests(QueueStorage storage) : IClassFixture<QueueStorage>, IDisposable
{
    private readonly QueueLab _lab = new(storage);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_worker_whose_successor_is_not_there_before_the_run_ends_is_lost_once()
    {
        ITaskQueue queue = _lab.OpenQueue();
        await queue.CreateAsync(default);
        RunContext run = _lab.NewRun("counts", 1, tasks: 2);
        var assignment = new QueueAssignment(run.Begun, new QueueOptions());
        await using HostCrew crew = _lab.CreateCrew();
        await crew.StaffAsync(2, default);
        crew.Begin(assignment);
        using var over = new CancellationTokenSource();

        using (Process victim = Process.GetProcessById(crew.ProcessIds[0]))
            victim.Kill();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => crew.ReplaceDeadAsync(
            _ =>
            {
                over.Cancel();
                return assignment;
            },
            run.Facts, over.Token));
        IReadOnlyList<HostReport> reports = await crew.EndAsync(run.Facts);

        Assert.Equal((1, 1), (run.Facts.ProcessesLost, reports.Count));
    }
}
