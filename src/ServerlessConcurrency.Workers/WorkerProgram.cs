using System.Runtime.InteropServices;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers;

/// <summary>The entry point of child processes: what a program's hidden command <c>worker</c> calls.</summary>
public static class WorkerProgram
{
    // Whoever notices first that the parent is done: the role, or the watch.
    private static readonly Lazy<bool> Left = new(DisposeOwnCode);
    private static Action? _atEnd;
    private static readonly IWorkerRole[] OwnRoles = [new ProcessesRole(), new IsolatedRole(), new LoopbackServerRole()];

    /// <summary>
    /// Serves the parent over standard input and output until it is done or gone. Whatever is written to
    /// <see cref="Console.Out"/> meanwhile goes to standard error. Ctrl+C is ignored: the parent decides.
    /// </summary>
    /// <param name="createWorkloads">Creates the program's workloads, given what they talk to.</param>
    /// <param name="furtherRoles">Roles beside those of this library.</param>
    /// <returns>The exit code: 0 fine, 1 failed, 2 not started by a parent.</returns>
    public static int Run(Func<WorkloadEnvironment, WorkloadCatalog> createWorkloads, params IReadOnlyList<IWorkerRole> furtherRoles) =>
        Run(createWorkloads, atEnd: null, furtherRoles);

    /// <param name="createWorkloads">Creates the program's workloads, given what they talk to.</param>
    /// <param name="atEnd">Called before the process ends, unless it is killed; it has less than a second.</param>
    /// <param name="furtherRoles">Roles beside those of this library.</param>
    /// <inheritdoc cref="Run(Func{WorkloadEnvironment, WorkloadCatalog}, IReadOnlyList{IWorkerRole})"/>
    public static int Run(Func<WorkloadEnvironment, WorkloadCatalog> createWorkloads, Action? atEnd, params IReadOnlyList<IWorkerRole> furtherRoles)
    {
        _atEnd = atEnd;
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        if (!Console.IsInputRedirected || !Console.IsOutputRedirected)
        {
            Console.Error.WriteLine("This command serves a parent process over pipes; the program starts it by itself.");
            return 2;
        }

        (Stream input, Stream output) = StandardStreams.Take();
        try
        {
            output.Write(Handshake.Marker);
            return Serve(new FrameReader(input), new FrameWriter(output), createWorkloads, [.. OwnRoles, .. furtherRoles]);
        }
#pragma warning disable CA1031 // The parent finds the reason on standard error, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(exception);
            return 1;
        }
    }

    private static int Serve(
        FrameReader reader,
        FrameWriter writer,
        Func<WorkloadEnvironment, WorkloadCatalog> createWorkloads,
        IReadOnlyList<IWorkerRole> roles)
    {
        if (!reader.Read(out Frame frame))
            return 0;
        if (frame.Kind != Handshake.Configuration)
            throw new InvalidDataException($"expected the configuration and got frame {frame.Kind}");

        WorkerConfiguration configuration = frame.ReadJson<WorkerConfiguration>();
        ParentWatch.Start(configuration.ParentProcessId, Leave);
        IWorkerRole role = roles.FirstOrDefault(role => role.Name == configuration.Role)
            ?? throw new InvalidDataException(
                $"unknown role '{configuration.Role}'; known: {string.Join(", ", roles.Select(role => role.Name))}");
        var session = new WorkerSession(reader, writer, configuration, createWorkloads);
        writer.AppendJson(Handshake.ReadyReply, new Ready(Handshake.ProtocolVersion, Environment.ProcessId));
        writer.Flush();
        role.RunAsync(session).GetAwaiter().GetResult();
        Leave();
        return 0;
    }

    private static void Leave() => _ = Left.Value;

    private static bool DisposeOwnCode()
    {
        try
        {
            WorkloadAssembly.DisposeAllAsync().GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Everything is measured already; whatever their code throws now can only be told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(exception);
        }

        _atEnd?.Invoke();
        return true;
    }
}
