using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Isolation;

/// <summary>A child process that carries out runs, one at a time, and is replaced where it is gone.</summary>
public sealed class IsolatedProcess(WorkerLaunch launch, WorkloadEnvironment environment) : IAsyncDisposable
{
    private WorkerProcess? _process;
    private Deadline? _hearing;
    private Deadline? _silence;

    /// <summary>The process; null where it is gone.</summary>
    internal HostIdentity? Host => _process?.Host;

    /// <exception cref="WorkerStartException">It could not be started.</exception>
    internal async Task StartAsync(CancellationToken cancellationToken) =>
        _process ??= await WorkerStart.PersistentlyAsync(
            () => WorkerProcess.StartAsync(launch, IsolatedRole.RoleName, environment, settings: null, cancellationToken));

    /// <summary>Asks it for something and receives what it answers; kills it where that is cancelled.</summary>
    /// <param name="patience">How long it may be silent, once it has said that it is there.</param>
    /// <returns>What was received; nothing where it is gone.</returns>
    internal async Task<T?> AskAsync<T>(
        byte kind, RunOrder order, TimeSpan patience, Func<IsolatedProcess, T?> receive, CancellationToken cancellationToken)
    {
        WorkerProcess process = _process ?? throw new InvalidOperationException("the process was not started");
        using Deadline hearing = _hearing = process.Expect("answer");
        using Deadline silence = _silence = process.Expect("answer", patience);
        using (cancellationToken.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), process))
        {
            return await Task.Factory.StartNew(
                () =>
                {
                    try
                    {
                        process.Writer.Append(SignOfLife.Ask, 0);
                        process.Writer.AppendJson(kind, order);
                        process.Writer.Flush();
                        return receive(this);
                    }
                    catch (IOException)
                    {
                        // It is gone, as where the pipe simply ends.
                        return default;
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    /// <summary>Takes the next frame of an answer.</summary>
    /// <returns>False once it is gone.</returns>
    internal bool Read(out Frame frame)
    {
        while (_process!.Reader.Read(out frame))
        {
            _hearing?.Dispose();
            _silence?.Restart();
            if (frame.Kind != SignOfLife.Given)
                return true;
        }

        return false;
    }

    /// <summary>Clears away what is left of a process that is gone.</summary>
    /// <returns>How it ended.</returns>
    internal async Task<string> BuryAsync()
    {
        string death = await Task.Run(() => _process!.DescribeExit());
        await DisposeAsync();
        return death;
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        await Task.Run(process.Dispose);
    }
}
