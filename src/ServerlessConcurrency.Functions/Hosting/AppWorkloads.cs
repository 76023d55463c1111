namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>The users' workloads that the app was built with: a project published into a folder of the app, see WORKLOADS_PROJECT in the project file.</summary>
internal static class AppWorkloads
{
    private const string Folder = "workloads";
    private const string Dependencies = ".deps.json";

    /// <summary>The published assemblies by their paths: each has a file that lists what it depends on.</summary>
    public static IReadOnlyList<string> Assemblies { get; } = In(Path.Combine(AppContext.BaseDirectory, Folder));

    internal static IReadOnlyList<string> In(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Dependencies).Select(file => file[..^Dependencies.Length] + ".dll").Where(File.Exists).Order(StringComparer.Ordinal)]
        : [];
}
