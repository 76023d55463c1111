using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>local.settings.json, as <c>build.cs functions</c> reads it.</summary>
public sealed class LocalSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "Values": { "A": "1" } }""", "A=1")]
    [InlineData("""{ "Values": { "A": "1", /* mine */ "B": 3, "C": null, }, } // end""", "A=1, B=3, C=")]
    [InlineData("""{ "IsEncrypted": false }""", "")]
    public void It_may_be_what_Core_Tools_take(string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", Read(text).Select(setting => $"{setting.Key}={setting.Value}")));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "Values": "A" }""")]
    [InlineData("""{ "Values": { "A": 1 """)]
    public void Anything_else_is_told_by_the_name_of_the_file(string text) => Assert.StartsWith(
        "local.settings.json cannot be read: ", Assert.Throws<InvalidOperationException>(() => Read(text)).Message, StringComparison.Ordinal);

    private IReadOnlyDictionary<string, string?> Read(string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "local.settings.json"), text);
        return FunctionsApp.LocalSettings(_folder.Path);
    }
}
