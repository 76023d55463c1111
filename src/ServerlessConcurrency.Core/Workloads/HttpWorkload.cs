using System.Globalization;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// Calls an HTTP server on the loopback interface that answers after the size in milliseconds, and verifies the answer: 16
/// hexadecimal digits that the server computes from the task's input.
/// </summary>
/// <param name="environment">Tells the server's address.</param>
public sealed class HttpWorkload(WorkloadEnvironment environment) : Workload, IDisposable
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string WorkloadKind = "http";

    // The loopback interface has ports for so many.
    private const int MostPorts = 10_000;

    // Of the files that a process may have open, what else it does needs some, and child processes up to half.
    private const int OtherFiles = 128;

    // No proxy may come between the tasks and the server.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        MaxConnectionsPerServer = MostConnections,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>How many calls of one process are under way at once, whatever the number of tasks: others wait for a connection.</summary>
    public static int MostConnections { get; } = Math.Clamp((SystemLimits.OpenFiles - OtherFiles) / 2, 1, MostPorts);

    /// <inheritdoc/>
    public override string Kind => WorkloadKind;

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.IoBound;

    /// <inheritdoc/>
    public override string SizeUnit => "ms";

    /// <inheritdoc/>
    public override long MaxSize => 3_600_000;

    /// <inheritdoc/>
    public override bool NeedsServer => true;

    /// <inheritdoc/>
    public override long WarmUpSize(long size) => 1;

    /// <summary>What the server answers and the client verifies.</summary>
    /// <param name="task">The task's input.</param>
    /// <returns>The checksum.</returns>
    public static ulong Answer(TaskInput task) => Checksum.Fold(Checksum.Start(task), (ulong)task.Size);

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution) => execution.Wait(
        (Workload: this, task, execution.CancellationToken),
        static call =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, call.Workload.Address(call.task));
            using HttpResponseMessage response = call.Workload._client.Send(request, call.CancellationToken);
            using var reader = new StreamReader(response.EnsureSuccessStatusCode().Content.ReadAsStream(call.CancellationToken));
            return Verify(call.task, reader.ReadToEnd());
        });

    /// <inheritdoc/>
    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        using HttpResponseMessage response = await _client.GetAsync(Address(task), execution.CancellationToken);
        return Verify(task, await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(execution.CancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static ulong Verify(TaskInput task, string body)
    {
        ulong expected = Answer(task);
        if (body == Checksum.Format(expected))
            return expected;
        string shown = body.Length <= 80 ? body : string.Concat(body.AsSpan(0, 77), "...");
        throw new InvalidDataException(
            $"task {task.Index}: the HTTP server answered '{shown}' instead of '{Checksum.Format(expected)}'");
    }

    private Uri Address(TaskInput task) => new(
        environment.HttpServer ?? throw new InvalidOperationException("the loopback HTTP server was not started"),
        string.Create(CultureInfo.InvariantCulture, $"work?ms={task.Size}&index={task.Index}&seed={task.Seed}"));
}
