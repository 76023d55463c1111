namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>Finds Azure Functions Core Tools.</summary>
public static class FuncTool
{
    private const string HowToGetIt =
        "Azure Functions Core Tools were not found: neither node_modules/.bin/func nor func on the PATH.\n"
        + "Get them with 'npm install' in the root of the repository (they are an optional dependency of package.json), or as\n"
        + "https://learn.microsoft.com/azure/azure-functions/functions-run-local describes, and try again.";

    /// <summary>Finds the executable: that of the repository first, then that of the PATH.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="FileNotFoundException">There is none; the message tells how to get it.</exception>
    public static string Find(string root)
    {
        string[] names = OperatingSystem.IsWindows() ? ["func.cmd", "func.exe"] : ["func"];
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> folders = [Path.Combine(root, "node_modules", ".bin"), .. path];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(HowToGetIt);
    }
}
