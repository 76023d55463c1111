using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.TestHost.Queue;
using ServerlessConcurrency.Workers.TestHost.Roles;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.TestHost;

/// <summary>The program whose child processes the tests start.</summary>
public static class Program
{
    /// <summary>Dies at its first two starts, and then becomes what comes after the folder in which it counts them.</summary>
    public const string Unlucky = "unlucky";

    /// <summary>Becomes what the first argument says.</summary>
    /// <param name="args">The command and its arguments.</param>
    /// <returns>The exit code.</returns>
    public static int Main(string[] args) => args switch
    {
        [WorkerLaunch.Command] => WorkerProgram.Run(TestWorkloads.Create, new EchoRole(), new SpinRole(), new NoiseRole()),
        ["parent", var role] => ParentProgram.RunWorker(role),
        ["pool-parent"] => ParentProgram.RunPool(),
        [DurableProgram.Command, var connection, var prefix, var folder] =>
            DurableProgram.RunAsync(connection, prefix, folder).GetAwaiter().GetResult(),
        [ProcessesProgram.Command] => ProcessesProgram.RunAsync().GetAwaiter().GetResult(),
        [QueueTestWorker.Command] => QueueTestWorker.Run(),
        [Unlucky, var folder, .. var command] => IsUnlucky(folder) ? Die() : Main(command),
        ["die-at-once"] => Die(),
        ["babble"] => Babble(),
        ["hang"] => Hang(),
        _ => 2,
    };

    private static bool IsUnlucky(string folder)
    {
        int starts = Directory.GetFiles(folder).Length;
        File.Create(Path.Combine(folder, Guid.NewGuid().ToString("n"))).Dispose();
        return starts < 2;
    }

    private static int Die()
    {
        Console.Error.WriteLine("no configuration found in /nowhere");
        return 3;
    }

    private static int Hang()
    {
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    private static int Babble()
    {
        Console.WriteLine("Hello, I am not a worker.");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}
