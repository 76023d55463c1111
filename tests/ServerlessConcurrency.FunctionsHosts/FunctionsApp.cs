using System.Diagnostics;

namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>The built Functions app: the folder that hosts run it from.</summary>
public static class FunctionsApp
{
    private const string Name = "ServerlessConcurrency.Functions";

    /// <summary>Builds it, and gives it settings unless it has some.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The folder with its host.json.</returns>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    public static Task<string> BuildAsync(string root, CancellationToken cancellationToken) =>
        BuildAsync(root, Path.Combine(root, "src", Name), cancellationToken);

    /// <summary>Builds an app, and gives it settings unless it has some.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <param name="project">The app's folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The folder with its host.json.</returns>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    public static async Task<string> BuildAsync(string root, string project, CancellationToken cancellationToken)
    {
        using Process build = Process.Start(new ProcessStartInfo(
            "dotnet", ["build", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet"]))!;
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"{project} does not build; see above");
        string output = Path.Combine(project, "bin", "Release", "net10.0");
        string own = Path.Combine(root, "local.settings.json");
        string settings = File.Exists(own) ? own : Path.Combine(root, "local.settings.sample.json");
        File.Copy(settings, Path.Combine(output, "local.settings.json"), overwrite: true);
        return output;
    }
}
