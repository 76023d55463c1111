using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Telemetry;
using ServerlessConcurrency.Workers;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency;

/// <summary>A child process: the program, started by itself with <see cref="WorkerLaunch.Command"/> alone.</summary>
internal static class ChildProgram
{
    public static int Run()
    {
        using IDisposable? telemetry = TelemetryExport.OfWorker();
        return WorkerProgram.Run(EveryWorkload.Create, telemetry is null ? null : telemetry.Dispose, QueueModels.WorkerRole(), new TaskHubRole(), new ClaimRole());
    }
}
