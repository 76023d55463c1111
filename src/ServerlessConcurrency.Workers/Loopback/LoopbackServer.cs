using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Loopback;

/// <summary>
/// The HTTP server that the <c>http</c> workload calls: Kestrel on a free port of the loopback interface, in a child process of
/// its own, so that it shares no thread pool with the models that are measured. It ends with this process.
/// <c>GET /work?ms=50&amp;index=0&amp;seed=42</c> waits the milliseconds and answers <see cref="HttpWorkload.Answer"/> as text.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    /// <summary>From the child: the server listens; its port as JSON.</summary>
    internal const byte ListeningFrame = 16;

    private readonly WorkerProcess _process;

    private LoopbackServer(WorkerProcess process, int port)
    {
        _process = process;
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;
    }

    /// <summary>Where the server listens, e.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <exception cref="WorkerStartException">The process did not start or could not listen.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled.</exception>
    public static Task<LoopbackServer> StartAsync(WorkerLaunch launch, CancellationToken cancellationToken = default) =>
        WorkerStart.PersistentlyAsync(() => StartOnceAsync(launch, cancellationToken));

    private static async Task<LoopbackServer> StartOnceAsync(WorkerLaunch launch, CancellationToken cancellationToken)
    {
        WorkerProcess process = await WorkerProcess.StartAsync(
            launch, LoopbackServerRole.RoleName, new WorkloadEnvironment(), null, cancellationToken);
        try
        {
            await using CancellationTokenRegistration kill = cancellationToken.UnsafeRegister(
                static state => ((WorkerProcess)state!).Kill(), process);
            using Deadline inTime = process.Expect("listen");
            int port = await Task.Run(() => ReadPort(process), CancellationToken.None);
            return new LoopbackServer(process, port);
        }
        catch
        {
            process.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Task.Run(_process.Dispose);

    private static int ReadPort(WorkerProcess process) => process.Reader.Read(out Frame frame)
        ? frame.ReadJson<int>()
        : throw new WorkerStartException($"the loopback HTTP server could not listen: {process.DescribeExit()}");
}
