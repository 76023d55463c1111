using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Loopback;

/// <summary>
/// The HTTP server that the <c>http</c> workload calls: Kestrel on a free port of the loopback interface, in a child process of
/// its own, so that it shares no thread pool with the models that are measured. It ends with this process; should it end before, it
/// is started again.
/// <c>GET /work?ms=50&amp;index=0&amp;seed=42</c> waits the milliseconds and answers <see cref="HttpWorkload.Answer"/> as text.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    /// <summary>From the child: the server listens; its port as JSON.</summary>
    internal const byte ListeningFrame = 16;

    private const int Restarts = 3;

    private readonly WorkerLaunch _launch;
    private readonly IProgress<string>? _log;
    private readonly Lock _lock = new();
    private readonly Task _watching;
    private WorkerProcess _process;
    private bool _isDisposed;

    private LoopbackServer(WorkerLaunch launch, WorkerProcess process, int port, IProgress<string>? log)
    {
        _launch = launch;
        _log = log;
        _process = process;
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;
        // A thread of its own, since the pool is what is measured here.
        _watching = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    /// <summary>Where the server listens, e.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    internal int ProcessId => _process.Host.ProcessId;

    /// <param name="log">Is told when the process died and was started again, on the same port.</param>
    /// <exception cref="WorkerStartException">The process did not start or could not listen.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled.</exception>
    public static Task<LoopbackServer> StartAsync(WorkerLaunch launch, IProgress<string>? log = null, CancellationToken cancellationToken = default) =>
        WorkerStart.PersistentlyAsync(() => StartOnceAsync(launch, log, cancellationToken));

    private static async Task<LoopbackServer> StartOnceAsync(WorkerLaunch launch, IProgress<string>? log, CancellationToken cancellationToken)
    {
        WorkerProcess process = await WorkerProcess.StartAsync(
            launch, LoopbackServerRole.RoleName, new WorkloadEnvironment(), null, cancellationToken);
        try
        {
            await using CancellationTokenRegistration kill = cancellationToken.UnsafeRegister(
                static state => ((WorkerProcess)state!).Kill(), process);
            using Deadline inTime = process.Expect("listen");
            int port = await Task.Run(() => ReadPort(process), CancellationToken.None);
            return new LoopbackServer(launch, process, port, log);
        }
        catch
        {
            process.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(() =>
        {
            lock (_lock)
            {
                _isDisposed = true;
                _process.CloseInput();
            }
        });
        await _watching;
    }

    private void Watch()
    {
        while (true)
        {
            while (_process.Reader.Read(out _))
            {
            }

            string end = _process.DescribeExit();
            _process.Dispose();
            if (!TryStartAgain(end))
                return;
        }
    }

    private bool TryStartAgain(string end)
    {
        for (int attempt = 1; ; attempt++)
        {
            lock (_lock)
            {
                // Short: whoever disposes of this waits no longer than a start takes.
                if (_isDisposed)
                    return false;
                try
                {
                    _process = StartOn(Address);
                    _log?.Report($"The loopback HTTP server has ended ({end}) and was started again: calls that it had not answered have failed.");
                    return true;
                }
                catch (WorkerStartException exception) when (attempt < Restarts)
                {
                    end = exception.Message;
                }
                catch (WorkerStartException exception)
                {
                    _log?.Report($"The loopback HTTP server has ended and cannot be started again, so every call to it fails: {exception.Message}");
                    return false;
                }
            }
        }
    }

    private WorkerProcess StartOn(Uri address)
    {
        WorkerProcess process = WorkerProcess.Start(_launch, LoopbackServerRole.RoleName, new WorkloadEnvironment { HttpServer = address });
        try
        {
            ReadPort(process);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private static int ReadPort(WorkerProcess process) => process.Reader.Read(out Frame frame)
        ? frame.ReadJson<int>()
        : throw new WorkerStartException($"the loopback HTTP server could not listen: {process.DescribeExit()}");
}
