using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>
/// A child process that computes one share of a run after another on threads of its own, as ordered, and tells how many tasks of it
/// failed. It is started with nothing.
/// </summary>
internal sealed class ShareScene : ChildScene<string?>
{
    protected override async Task PlayAsync(string? arguments, WorkerSession session, Messages parent)
    {
        IReadOnlyList<ConcurrencyModel> models = BuiltInModels.Create();
        foreach (Order order in parent.ReceiveAll<Order>())
        {
            RunOrder share = ClaimRun.Of(order.Model, SpeedupExperiment.Workload, order.Size, order.Tasks, order.Threads, order.Seed) with
            {
                FirstTask = order.FirstTask,
            };
            var run = new RunContext(share, session.Workloads.Get(share.Workload));
            await models.Single(model => model.Id == order.Model).ExecuteAsync(run);
            parent.Send(run.Recorder.Remaining);
        }
    }

    /// <param name="Model">Under which in-function model.</param>
    internal sealed record Order(string Model, int Threads, long Size, int Tasks, int FirstTask, long Seed);
}
