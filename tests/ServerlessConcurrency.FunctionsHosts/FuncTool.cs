using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>Finds Azure Functions Core Tools.</summary>
public static class FuncTool
{
    /// <summary>What the package of Core Tools asks for (engines of azure-functions-core-tools 4.15.1): npm leaves it out on an older one, without a word.</summary>
    private const int OldestNode = 22;

    private const string NotFound = "Azure Functions Core Tools were not found: neither node_modules/.bin/func nor func on the PATH.";

    private const string OtherWays = "https://learn.microsoft.com/azure/azure-functions/functions-run-local describes other ways.";

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
            ?? throw new FileNotFoundException($"{NotFound}\n{HowToGetIt(NodeVersion())} {OtherWays}");
    }

    /// <param name="node">The version of Node.js, e.g. <c>v20.11.0</c>; null where there is none.</param>
    internal static string HowToGetIt(string? node) =>
        node is null ? $"They come with npm: install Node.js {OldestNode} or later, then run 'npm install' in the root of the repository."
        : Version.TryParse(node.TrimStart('v'), out Version? version) && version.Major < OldestNode
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"They ask for Node.js {OldestNode} or later and this is {node}, so that 'npm install' leaves them out: install a newer one first.")
        : "Run 'npm install' in the root of the repository (they are an optional dependency of package.json).";

    private static string? NodeVersion()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            string version = node.StandardOutput.ReadToEnd().Trim();
            node.WaitForExit();
            return version;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
