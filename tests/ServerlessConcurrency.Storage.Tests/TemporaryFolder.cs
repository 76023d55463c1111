namespace ServerlessConcurrency.Storage.Tests;

/// <summary>A folder of one test, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sconc-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
