namespace ServerlessConcurrency.Tests;

/// <summary>A folder of a single test, deleted with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sconc-test-").FullName;

    public string[] Entries => Directory.GetFileSystemEntries(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
