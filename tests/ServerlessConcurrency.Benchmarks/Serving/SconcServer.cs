using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Benchmarks.Serving;

/// <summary>What a process holds.</summary>
internal readonly record struct ProcessUse(double Megabytes, int Threads, int Handles);

/// <summary><c>sconc serve</c> in a folder of its own, with an Azurite of its own.</summary>
internal sealed class SconcServer : IAsyncDisposable
{
    private const string Announcement = "Listening on ";
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private SconcServer(DirectoryInfo folder, Process process, Uri address)
    {
        _folder = folder;
        _process = process;
        Http = new HttpClient { BaseAddress = new Uri(address, "api/") };
    }

    public HttpClient Http { get; }

    public static async Task<SconcServer> StartAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sconc-bench-");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "sconc.dll"), "serve", "--port", "0", "--quiet"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
                return new SconcServer(folder, process, new Uri(line[Announcement.Length..].Trim()));
        throw new InvalidOperationException($"sconc serve ended with {process.ExitCode}");
    }

    public Task<HttpResponseMessage> PostAsync(string spec)
    {
        var body = new StringContent(spec, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return Http.PostAsync(new Uri("experiments", UriKind.Relative), body);
    }

    /// <summary>Measures an experiment.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CompleteAsync(string spec)
    {
        HttpResponseMessage answer = await PostAsync(spec);
        answer.EnsureSuccessStatusCode();
        string id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
        await EndedAsync(id);
        return id;
    }

    /// <summary>Waits until an experiment has ended.</summary>
    public async Task EndedAsync(string id)
    {
        string status;
        do
        {
            await Task.Delay(LookInterval);
            status = (string)JsonNode.Parse(await Http.GetStringAsync(new Uri($"experiments/{id}", UriKind.Relative)))!["status"]!;
        }
        while (status is "pending" or "running");
        if (status != "completed")
            throw new InvalidOperationException($"{id} is {status}");
    }

    /// <summary>Reads the timings of an experiment to their end.</summary>
    /// <returns>How many bytes they were.</returns>
    public async Task<long> StreamAsync(string id)
    {
        await using Stream timings = await Http.GetStreamAsync(new Uri($"experiments/{id}/timings", UriKind.Relative));
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        while (await timings.ReadAsync(buffer) is > 0 and int read)
            bytes += read;
        return bytes;
    }

    /// <summary>The largest resident set so far, in MB.</summary>
    public double Peak()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64 / 1e6;
    }

    public ProcessUse Use()
    {
        _process.Refresh();
        return new ProcessUse(_process.WorkingSet64 / 1e6, _process.Threads.Count, _process.HandleCount);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!OperatingSystem.IsWindows())
        {
            using Process interrupt = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await interrupt.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(EndPatience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
