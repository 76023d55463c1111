namespace ServerlessConcurrency.Storage.Tests.Azurite;

/// <summary>Keeps what was told.</summary>
internal sealed class Said : IProgress<string>
{
    public List<string> Lines { get; } = [];

    public void Report(string value) => Lines.Add(value);
}
