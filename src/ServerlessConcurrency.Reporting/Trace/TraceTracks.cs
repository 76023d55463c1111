namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>
/// Gives every host a process id and every lane of a thread a thread id. No number is used twice, neither as two processes
/// nor as a process and a thread: Perfetto takes a thread whose id is a process id for that process's main thread, and finds
/// a thread's name by its id alone.
/// </summary>
internal sealed class TraceTracks
{
    // Above any process id of Linux (at most 2^22, see proc(5)), so that real process ids are rarely taken.
    private const int FirstMadeUpId = 10_000_001;

    private readonly Dictionary<string, int> _processes = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Process, int ThreadId, int Lane), int> _threads = [];
    private readonly HashSet<int> _taken = [];
    private int _nextMadeUpId = FirstMadeUpId;

    /// <summary>The process id that stands for a host: the real one unless another host has it.</summary>
    /// <returns>The process id in the trace, 1 or more.</returns>
    public int Process(string hostId, int processId, out bool isNew)
    {
        isNew = !_processes.TryGetValue(hostId, out int process);
        if (isNew)
        {
            process = processId > 0 && _taken.Add(processId) ? processId : MakeUpId();
            _processes.Add(hostId, process);
        }

        return process;
    }

    /// <summary>The thread id that stands for a lane of a thread.</summary>
    /// <param name="lane">The lane, from 0.</param>
    public int Thread(int process, int threadId, int lane, out bool isNew)
    {
        isNew = !_threads.TryGetValue((process, threadId, lane), out int thread);
        if (isNew)
        {
            thread = MakeUpId();
            _threads.Add((process, threadId, lane), thread);
        }

        return thread;
    }

    public int MakeUpId()
    {
        while (!_taken.Add(_nextMadeUpId))
            _nextMadeUpId++;
        return _nextMadeUpId;
    }
}
