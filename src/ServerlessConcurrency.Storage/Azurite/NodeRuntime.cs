using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>The Node.js of this machine, which runs Azurite.</summary>
/// <param name="Npm">The path of <c>npm</c>; null where there is none.</param>
internal sealed record NodeRuntime(string Node, string? Npm)
{
    /// <summary>The oldest major version that Azurite's own dependencies accept.</summary>
    private const int OldestMajor = 20;

    private const string Advice =
        "install Node.js 20 or later (https://nodejs.org), or use --connection none to run without storage";

    public static async Task<NodeRuntime> FindAsync(string? searchPath, CancellationToken cancellationToken)
    {
        string node = Find(searchPath, OperatingSystem.IsWindows() ? "node.exe" : "node")
            ?? throw Lacking($"the storage emulator Azurite needs Node.js, and there is no `node` here: {Advice}");
        string version = await VersionAsync(node, cancellationToken).ConfigureAwait(false);
        string major = version.TrimStart('v').Split('.')[0];
        if (!int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < OldestMajor)
            throw Lacking($"the storage emulator Azurite needs a newer Node.js than {version} ({node}): {Advice}");
        return new NodeRuntime(node, Find(searchPath, OperatingSystem.IsWindows() ? "npm.cmd" : "npm"));
    }

    public string RequireNpm() => Npm
        ?? throw Lacking($"Azurite is installed with npm, and there is no `npm` here: {Advice}");

    private static StorageUnavailableException Lacking(string message) => new(message) { LacksEmulator = true };

    private static string? Find(string? searchPath, string fileName) => (searchPath ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(folder => Path.Combine(folder.Trim('"'), fileName))
        .FirstOrDefault(File.Exists);

    private static async Task<string> VersionAsync(string node, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(node, "--version")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        start.Environment.Remove("NODE_OPTIONS");
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = (await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Trim();
            string error = (await errors.ConfigureAwait(false)).Trim();
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return output.StartsWith('v')
                ? output
                : throw new StorageUnavailableException($"{node} cannot be run (`node --version` said: {output}{error}): {Advice}");
        }
        catch (Win32Exception exception)
        {
            throw new StorageUnavailableException($"{node} cannot be run ({exception.Message}): {Advice}", exception);
        }
    }
}
