using System.Diagnostics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.InterpreterLock;

namespace ServerlessConcurrency.Claims.StartUp;

/// <summary>What it takes to start a thread, a task on the pool, and a child process that is ready for work, and to end it.</summary>
internal sealed class StartUpCosts(bool startsProcesses = true)
{
    public const string Thread = "thread";
    public const string Task = "task";
    public const string Process = "process";

    private const int ThreadsForEachProcess = 20;

    public static int Starts(ClaimContext context) => context.Choose(quick: 6, full: 20);

    /// <returns>By what was started, how long each start and end took, in seconds.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<double>>> MeasureAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        List<double> threads = [], tasks = [], processes = [];
        // Both are compiled before.
        TimeThread();
        TimeTask();
        for (int start = 0; start < Starts(context); start++)
        {
            for (int index = 0; index < ThreadsForEachProcess; index++)
            {
                threads.Add(TimeThread());
                tasks.Add(TimeTask());
            }

            processes.Add(startsProcesses ? await TimeProcessAsync(context, cancellationToken) : TimeThread());
        }

        return new Dictionary<string, IReadOnlyList<double>> { [Task] = tasks, [Thread] = threads, [Process] = processes };
    }

    private static double TimeThread()
    {
        long began = Stopwatch.GetTimestamp();
        var thread = new Thread(static () => { });
        thread.Start();
        thread.Join();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double TimeTask()
    {
        long began = Stopwatch.GetTimestamp();
        System.Threading.Tasks.Task.Run(static () => { }).Wait();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> TimeProcessAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        using (ClaimChild child = await new ShareScene().StartAsync(context, null, cancellationToken))
            child.Process.CloseInput();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
