using System.CommandLine;
using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Telemetry;
using ServerlessConcurrency.Workers;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc worker</c>, hidden: a child process, started by the program itself.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var command = new Command(WorkerLaunch.Command, "A child process of run; started by the program itself") { Hidden = true };
        command.SetAction(_ =>
        {
            using IDisposable? telemetry = TelemetryExport.OfWorker();
            return WorkerProgram.Run(EveryWorkload.Create, telemetry is null ? null : telemetry.Dispose, QueueModels.WorkerRole(), new TaskHubRole(), new ClaimRole());
        });
        return command;
    }
}
