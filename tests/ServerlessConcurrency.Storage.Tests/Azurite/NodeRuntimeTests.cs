using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Storage.Tests.Azurite;

public sealed class NodeRuntimeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Without_Node_the_error_says_what_to_install_and_how_to_do_without()
    {
        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => NodeRuntime.FindAsync(_folder.Path, CancellationToken.None));

        Assert.Contains("Node.js 20", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--connection none", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_old_Node_is_named_with_its_version()
    {
        if (OperatingSystem.IsWindows())
            return;
        WriteScript("node", "echo v16.20.2");

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => NodeRuntime.FindAsync(_folder.Path, CancellationToken.None));

        Assert.Contains("v16.20.2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Node.js 20", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_npm_says_when_it_fails_is_in_the_error_and_nothing_half_installed_is_used()
    {
        if (OperatingSystem.IsWindows())
            return;
        WriteScript("npm", "echo 'the registry is on holiday' >&2; exit 7");
        var node = new NodeRuntime("node", Path.Combine(_folder.Path, "npm"));
        string cache = Path.Combine(_folder.Path, "cache");
        var said = new Said();

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => AzuritePackage.FindOrInstallAsync(
            named: null, cache, node, said, CancellationToken.None));

        Assert.Contains("the registry is on holiday", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(cache, $"azurite-{AzuriteVersion.Expected}")));
        Assert.StartsWith($"Installing Azurite {AzuriteVersion.Expected} with npm", Assert.Single(said.Lines), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_an_installation_of_its_own_or_one_that_is_named_is_executed()
    {
        string cache = Path.Combine(_folder.Path, "a", "cache");
        string other = Path.Combine(_folder.Path, "other");
        // In folders above, as on a shared machine in that of temporary files.
        WritePackage(_folder.Path, AzuriteVersion.Expected);
        WritePackage(other, AzuriteVersion.Expected);
        var node = new NodeRuntime("node", Npm: null);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => FindAsync(named: null));
        Assert.Contains("installed with npm", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(other, await FindAsync(other), StringComparison.Ordinal);

        WritePackage(Path.Combine(cache, $"azurite-{AzuriteVersion.Expected}"), AzuriteVersion.Expected);
        Assert.StartsWith(cache, await FindAsync(named: null), StringComparison.Ordinal);

        Task<string> FindAsync(string? named) => AzuritePackage.FindOrInstallAsync(named, cache, node, log: null, CancellationToken.None);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_named_Azurite_that_is_too_old_is_an_error_that_names_the_variable()
    {
        WritePackage(_folder.Path, "3.10.0");

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => AzuritePackage.FindOrInstallAsync(
            _folder.Path, Path.Combine(_folder.Path, "cache"), new NodeRuntime("node", Npm: null), log: null, CancellationToken.None));

        Assert.StartsWith("SCONC_AZURITE: ", exception.Message, StringComparison.Ordinal);
    }

    private static void WritePackage(string folder, string version)
    {
        string package = Directory.CreateDirectory(Path.Combine(folder, "node_modules", "azurite", "dist", "src")).FullName;
        File.WriteAllText(Path.Combine(package, "azurite.js"), "");
        File.WriteAllText(Path.Combine(folder, "node_modules", "azurite", "package.json"), $$"""{ "version": "{{version}}" }""");
    }

    private void WriteScript(string name, string body)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
