using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.TestHost.Roles;

/// <summary>Sends every frame back.</summary>
internal sealed class EchoRole : IWorkerRole
{
    public string Name => "echo";

    public Task RunAsync(WorkerSession session)
    {
        while (session.Reader.Read(out Frame frame))
        {
            frame.Payload.CopyTo(session.Writer.Append(frame.Kind, frame.Payload.Length));
            session.Writer.Flush();
        }

        return Task.CompletedTask;
    }
}
