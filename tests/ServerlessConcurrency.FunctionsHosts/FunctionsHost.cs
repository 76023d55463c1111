using System.Diagnostics;

namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>One Functions host with its worker, on a port of its own.</summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private const int LinesKept = 30;
    private const string MonitorConnection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FailurePatience = TimeSpan.FromMinutes(1);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private FunctionsHost(string name, Process process, Uri address)
    {
        Name = name;
        _process = process;
        Address = address;
    }

    /// <summary>The host's name, e.g. <c>host-1</c>.</summary>
    public string Name { get; }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:7071/</c>.</summary>
    public Uri Address { get; }

    /// <summary>The process id of Core Tools; the worker is a child of it.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether its process is there.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts a host; it is not ready yet.</summary>
    /// <param name="number">Its place in the fleet, from 1.</param>
    /// <param name="options">How to start it.</param>
    /// <returns>The host.</returns>
    public static FunctionsHost Start(int number, HostFleetOptions options)
    {
        string name = $"host-{number}";
        int port = options.FirstPort + number - 1;
        var start = new ProcessStartInfo(options.Func, ["start", "--no-build", "--port", $"{port}"])
        {
            WorkingDirectory = options.AppFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in Settings(port, options))
            start.Environment[key] = value;
        // Set in many containers; the Functions host takes it for a sign that it runs in Azure.
        start.Environment.Remove("CONTAINER_NAME");
        var process = new Process { StartInfo = start };
        var host = new FunctionsHost(name, process, new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri);
        process.OutputDataReceived += (_, line) => host.Take(line.Data, options.Log);
        process.ErrorDataReceived += (_, line) => host.Take(line.Data, options.Log);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until the app answers. A host that says for a minute that it failed is killed: it does not always try again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it does.</returns>
    /// <exception cref="InvalidOperationException">The host has ended before.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        long? failedSince = null;
        while (!await IsReadyAsync(cancellationToken))
        {
            failedSince = await HasFailedAsync(cancellationToken) ? failedSince ?? Stopwatch.GetTimestamp() : null;
            if (failedSince is { } since && Stopwatch.GetElapsedTime(since) > FailurePatience)
                await KillAsync();
            if (_process.HasExited)
                throw new InvalidOperationException($"{Name} ended with exit code {_process.ExitCode} before it was ready:\n{LastLines()}");
            await Task.Delay(LookInterval, cancellationToken);
        }
    }

    /// <summary>Waits until its process has ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitUntilEndedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>The last lines that it wrote.</summary>
    public string LastLines()
    {
        lock (_lastLines)
            return string.Join('\n', _lastLines);
    }

    /// <summary>Kills host and worker at once, as the loss of a machine would.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the host to stop, and kills what is left after a while.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var patience = new CancellationTokenSource(StopPatience);
            try
            {
                await InterruptAsync();
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
            }

            if (!_process.HasExited)
                await KillAsync();
        }

        _process.Dispose();
    }

    internal static IEnumerable<KeyValuePair<string, string>> Settings(int port, HostFleetOptions options) =>
    [
        new("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"),
        new("AzureWebJobsStorage", options.StorageConnection),
        // Durable Functions names a host by these two, else by its machine: and then hosts of one machine take each other's place. Started
        // again, a host has the same name and takes up what it held.
        new("WEBSITE_CURRENT_STAMPNAME", "local"),
        new("RoleInstanceId", $"{Environment.ProcessId}-{port}"),
        // It warns of tracing that goes nowhere.
        .. IsMonitored(options) ? [] : new KeyValuePair<string, string>[] { new("AzureFunctionsJobHost__extensions__durableTask__tracing__version", "None") },
        .. options.Settings,
    ];

    private static bool IsMonitored(HostFleetOptions options) => !string.IsNullOrEmpty(
        Environment.GetEnvironmentVariable(MonitorConnection) ?? FunctionsApp.LocalSettings(options.AppFolder).GetValueOrDefault(MonitorConnection));

    private async Task InterruptAsync()
    {
        if (OperatingSystem.IsWindows())
            return;
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        AnswersAsync("api/health", static answer => Task.FromResult(answer.IsSuccessStatusCode), cancellationToken);

    private Task<bool> HasFailedAsync(CancellationToken cancellationToken) => AnswersAsync(
        "admin/host/status", async answer => (await answer.Content.ReadAsStringAsync(cancellationToken)).Contains("\"state\":\"Error\"", StringComparison.Ordinal), cancellationToken);

    private async Task<bool> AnswersAsync(string path, Func<HttpResponseMessage, Task<bool>> isSo, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri(Address, path), cancellationToken);
            return await isSo(answer);
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Take(string? line, Action<string> log)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
                _lastLines.Dequeue();
        }

        log($"[{Name}] {line}");
    }
}
