using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Contracts;

/// <summary>A child process that plays a scene, seen from the process that started it.</summary>
internal sealed class ClaimChild(WorkerProcess process) : IDisposable
{
    /// <summary>The role of all of them, which <c>worker</c> is asked for.</summary>
    public const string RoleName = "claim";

    // Longer than any scene plays: one that is stopped, or hangs, does not hold up the others for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Messages _messages = new(process.Reader, process.Writer);

    public WorkerProcess Process { get; } = process;

    /// <exception cref="IOException">It is gone.</exception>
    public void Send<T>(T value) => _messages.Send(value);

    /// <exception cref="WorkerStartException">The child ended instead, or was killed because it took too long.</exception>
    public T Receive<T>()
    {
        using Deadline inTime = Process.Expect("go on", Patience);
        return _messages.TryReceive(out T value)
            ? value
            : throw new WorkerStartException($"the child process of a claim ended early: {Process.DescribeExit()}");
    }

    public IEnumerable<T> ReceiveAll<T>() => _messages.ReceiveAll<T>();

    /// <summary>Waits for a value without blocking; cancelled, it kills the child.</summary>
    /// <exception cref="WorkerStartException">The child ended instead.</exception>
    public async Task<T> ReceiveAsync<T>(CancellationToken cancellationToken)
    {
        await using (KillOn(cancellationToken))
            return await Task.Run(Receive<T>, CancellationToken.None).WaitAsync(cancellationToken);
    }

    public CancellationTokenRegistration KillOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => ((ClaimChild)state!).Process.Kill(), this);

    public void Dispose() => Process.Dispose();
}
