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
            var run = new RunContext
            {
                ExperimentId = "",
                RunId = "",
                Workload = session.Workloads.Get(SpeedupExperiment.Workload),
                Size = order.Size,
                Tasks = order.Tasks,
                FirstTask = order.FirstTask,
                Seed = order.Seed,
                Degree = order.Threads,
                TaskTimeout = Timeout.InfiniteTimeSpan,
                Recorder = new TaskRecorder(order.Tasks),
            };
            await models.Single(model => model.Id == order.Model).ExecuteAsync(run);
            ClaimChild.Send(session.Writer, run.Recorder.Remaining);
        }
    }
}
