using System.Diagnostics;
using System.Reflection;

namespace ServerlessConcurrency.Packages;

/// <summary>
/// An empty folder and an empty user profile on a German machine, for which the only source of packages is a folder with those that were packed here. What they depend on is
/// found where this repository's own build has put it: nothing is downloaded.
/// </summary>
public sealed class NewMachine : IAsyncLifetime
{
    /// <summary>No name of a namespace.</summary>
    public const string LabName = "word-lab";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string[] Packed =
    [
        Repository.PathOf("src", "ServerlessConcurrency.Package"),
        Repository.PathOf("src", "ServerlessConcurrency.Cli"),
        Repository.PathOf("templates"),
    ];

    private readonly TemporaryFolder _folder = new();

    public string Feed => Directory.CreateDirectory(Path.Combine(_folder.Path, "feed")).FullName;

    public string Lab => Path.Combine(_folder.Path, LabName);

    private string Profile => Directory.CreateDirectory(Path.Combine(_folder.Path, "profile")).FullName;

    public async Task InitializeAsync()
    {
        foreach (string project in Packed)
            await DotnetAsync(Repository.Root, "pack", project, "--no-build", "--nologo", "--verbosity", "quiet", $"--property:PackageOutputPath={Feed}");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Profile, "packages")}" /></config>
              <packageSources><clear /><add key="feed" value="{Feed}" /></packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
              <fallbackPackageFolders><clear /><add key="repository" value="{PackagesOfRepository()}" /></fallbackPackageFolders>
            </configuration>
            """);
        await DotnetAsync(_folder.Path, "tool", "install", "ServerlessConcurrency.Tool", "--tool-path", Path.Combine(Profile, "tools"));
        await DotnetAsync(_folder.Path, "new", "install", Directory.GetFiles(Feed, "*.Templates.*.nupkg").Single());
        await DotnetAsync(_folder.Path, "new", "sconc", "--name", LabName);
        // That cache has of each package the version that the repository uses, which is not what a registry would give to others.
        await DotnetAsync(Lab, "build", "tests", "--nologo", "--verbosity", "quiet", "--property:RunAnalyzers=false", "--property:NoWarn=NU1605");
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    public Task<string> DotnetAsync(string folder, params string[] arguments) => RunAsync(folder, "dotnet", arguments);

    public Task<string> ToolAsync(string folder, params string[] arguments) => RunAsync(folder, Path.Combine(Profile, "tools", "sconc"), arguments);

    private static string PackagesOfRepository() => typeof(NewMachine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "NuGetPackageRoot").Value!;

    /// <returns>What it wrote to standard output.</returns>
    private async Task<string> RunAsync(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("NUGET_PACKAGES");
        foreach (string home in (string[])["HOME", "USERPROFILE", "DOTNET_CLI_HOME"])
            start.Environment[home] = Profile;
        start.Environment["LC_ALL"] = "de_DE.UTF-8";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // No process outlives its command.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}\n{await error}");
        return output;
    }
}
