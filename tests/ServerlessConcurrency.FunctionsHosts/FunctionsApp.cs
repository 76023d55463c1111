using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>The built Functions app: the folder that hosts run it from.</summary>
public static class FunctionsApp
{
    private const string Name = "ServerlessConcurrency.Functions";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

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

    /// <summary>The settings of local.settings.json, read as Core Tools read it: it may have comments, and numbers as values.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    internal static IReadOnlyDictionary<string, string?> LocalSettings(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "local.settings.json")), documentOptions: Lenient)?["Values"]?.AsObject()
                .ToDictionary(value => value.Key, value => value.Value?.ToString()) ?? [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidOperationException($"local.settings.json cannot be read: {exception.Message}");
        }
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
