using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>A child process of C12: computes one share of a run after another on threads of its own, as ordered.</summary>
internal sealed class ShareScene : IChildScene
{
    public const string SceneName = "share";

    public string Name => SceneName;

    public async Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        IReadOnlyList<ConcurrencyModel> models = BuiltInModels.Create();
        while (session.Reader.Read(out Frame frame))
        {
            ShareOrder order = frame.ReadJson<ShareOrder>();
            var share = new RunOrder
            {
                ExperimentId = "claims",
                RunId = SceneName,
                Model = order.Model,
                Workload = SpeedupExperiment.Workload,
                Size = order.Size,
                Tasks = order.Tasks,
                FirstTask = order.FirstTask,
                Degree = order.Threads,
                Seed = order.Seed,
                TaskTimeout = Timeout.InfiniteTimeSpan,
            };
            var run = new RunContext(share, session.Workloads.Get(share.Workload));
            await models.Single(model => model.Id == order.Model).ExecuteAsync(run);
            ClaimChild.Send(session.Writer, run.Recorder.Remaining);
        }
    }
}
