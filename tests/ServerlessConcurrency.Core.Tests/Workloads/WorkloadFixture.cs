using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

/// <summary>The built-in workloads with a folder to write in and an HTTP server to call.</summary>
public sealed class WorkloadFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private AnswerServer _server = null!;

    internal WorkloadCatalog Workloads { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await AnswerServer.StartCorrectAsync();
        Workloads = new WorkloadCatalog(BuiltInWorkloads.Create(
            new WorkloadEnvironment { FileFolder = _folder.Path, HttpServer = _server.Address }));
    }

    public async Task DisposeAsync()
    {
        foreach (IDisposable workload in Workloads.All.OfType<IDisposable>())
            workload.Dispose();
        await _server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
