using System.Diagnostics;
using System.Text.Json;

namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>The built Functions app: the folder that hosts run it from.</summary>
public static class FunctionsApp
{
    private const string Name = "ServerlessConcurrency.Functions";

    /// <summary>Builds it, and gives it settings unless it has some.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <param name="workloads">The project with users' workloads; null: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The folder with its host.json.</returns>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    public static Task<string> BuildAsync(string root, string? workloads, CancellationToken cancellationToken) =>
        BuildAsync(root, Path.Combine(root, "src", Name), workloads, cancellationToken);

    /// <summary>Builds an app, and gives it settings unless it has some.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <param name="project">The app's folder.</param>
    /// <param name="workloads">The project with users' workloads; null: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The folder with its host.json.</returns>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    public static async Task<string> BuildAsync(string root, string project, string? workloads, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["build", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "-property:RunAnalyzers=false"])
        {
            RedirectStandardOutput = true,
        };
        if (workloads is not null)
            start.Environment["WORKLOADS_PROJECT"] = workloads;
        using Process build = Process.Start(start)!;
        string said = await build.StandardOutput.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"{project} does not build:\n{said}");
        string output = Path.Combine(project, "bin", "Release", "net10.0");
        string own = Path.Combine(root, "local.settings.json");
        string settings = File.Exists(own) ? own : Path.Combine(root, "local.settings.sample.json");
        File.Copy(settings, Path.Combine(output, "local.settings.json"), overwrite: true);
        return output;
    }

    /// <summary>The settings of local.settings.json.</summary>
    internal static IReadOnlyDictionary<string, string?> LocalSettings(string folder)
    {
        using JsonDocument local = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "local.settings.json")));
        return local.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString());
    }

    /// <summary>Has the built app look at the settings that it would get, local.settings.json last, without a host.</summary>
    /// <exception cref="InvalidOperationException">It refuses them; the message is the app's.</exception>
    public static async Task CheckSettingsAsync(string folder, IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, $"{Name}.dll"), "check-settings"]) { RedirectStandardError = true };
        foreach ((string name, string? value) in LocalSettings(folder))
            start.Environment.TryAdd(name, value);
        foreach ((string key, string value) in settings)
            start.Environment[key] = value;
        using Process check = Process.Start(start)!;
        string error = await check.StandardError.ReadToEndAsync(cancellationToken);
        await check.WaitForExitAsync(cancellationToken);
        if (check.ExitCode != 0)
            throw new InvalidOperationException($"the app refuses its settings: {error.Trim()}");
    }
}
