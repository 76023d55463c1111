using System.Text;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.TestHost.Roles;

/// <summary>Writes to standard output in every way there is before it answers each frame.</summary>
internal sealed class NoiseRole : IWorkerRole
{
    public string Name => "noise";

    public Task RunAsync(WorkerSession session)
    {
        while (session.Reader.Read(out Frame frame))
        {
            Console.WriteLine("noise by Console.Out");
            if (!OperatingSystem.IsWindows())
            {
                using Stream output = Console.OpenStandardOutput();
                output.Write(Encoding.UTF8.GetBytes("noise by descriptor\n"));
            }

            frame.Payload.CopyTo(session.Writer.Append(frame.Kind, frame.Payload.Length));
            session.Writer.Flush();
        }

        return Task.CompletedTask;
    }
}
