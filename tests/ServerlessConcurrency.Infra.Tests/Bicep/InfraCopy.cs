namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>A copy of infra/ to put parameter files into, until it is disposed of.</summary>
internal sealed class InfraCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sconc-infra-").FullName;

    public InfraCopy()
    {
        string source = Repository.PathOf("infra");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = PathOf(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
