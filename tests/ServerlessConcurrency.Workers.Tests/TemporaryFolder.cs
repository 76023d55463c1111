namespace ServerlessConcurrency.Workers.Tests;

/// <summary>A folder that is deleted with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sconc-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
