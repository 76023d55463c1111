using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessConcurrency.OwnCode;

/// <summary>Workloads as users write them.</summary>
public sealed class Sound(HttpClient http) : IWorkloadSetup, IAsyncDisposable
{
    private static readonly ActivitySource Spans = new("OwnCode");

    private bool _isReady;

    public Task SetupAsync(CancellationToken cancellationToken)
    {
        _isReady = true;
        return Task.CompletedTask;
    }

    [Workload("hashes")]
    public byte[] Hash(WorkItem item)
    {
        if (!_isReady)
            throw new InvalidOperationException("it was not set up");
        using Activity? span = Spans.StartActivity("hashing");
        byte[] data = BitConverter.GetBytes(item.Seed + item.Index);
        for (long round = 0; round < item.Size * 1_000; round++)
            data = SHA256.HashData(data);
        return data;
    }

    [Workload("naps")]
    public async Task NapAsync(WorkItem item, CancellationToken cancellationToken)
    {
        if (!_isReady || http.Timeout == TimeSpan.Zero)
            throw new InvalidOperationException("it was not set up");
        await Task.Delay((int)item.Size, cancellationToken);
    }

    [Workload("reads")]
    public static async ValueTask<Order> ReadAsync(WorkItem item)
    {
        await Task.Yield();
        return item.Read<Order>() with { Index = item.Index };
    }

    // Says in the folder that it is told of which processes have let go of it, once each.
    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("OWN_CODE_DISPOSED") is { } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, $"{Environment.ProcessId}-{Guid.NewGuid():N}"), "");
    }
}

public sealed class Services : IWorkloadServices
{
    public void Register(IServiceCollection services) => Console.WriteLine("a line on standard output");
}

public sealed record Order(string Name, int Index);
