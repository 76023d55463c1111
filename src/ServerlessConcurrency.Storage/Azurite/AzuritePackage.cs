using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>
/// Where Azurite's own files are: installed once for the user, or in a folder that the user names. What lies around in folders above is not
/// executed: it may be anybody's.
/// </summary>
internal static class AzuritePackage
{
    /// <summary>The environment variable with the folder of an Azurite to use instead: its <c>node_modules</c> has it.</summary>
    public const string FolderVariable = "SCONC_AZURITE";

    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(10);

    /// <summary>The folder in which a user's Azurite is kept, for all working folders; for a user without a home, that of one.</summary>
    public static string CacheFolder(string workingFolder) =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? Path.Combine(folder, "sconc")
            : Path.Combine(Path.GetFullPath(workingFolder), ".azurite", "package");

    /// <summary>Finds Azurite's script; installs it first where there is none.</summary>
    /// <param name="named">The folder that the user names; null: none.</param>
    public static async Task<string> FindOrInstallAsync(
        string? named,
        string cacheFolder,
        NodeRuntime node,
        IProgress<string>? log,
        CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return Script(named) ?? throw new StorageUnavailableException(
                $"{FolderVariable}: there is no Azurite {AzuriteVersion.Expected} or later of the same major version in {Path.Combine(named, "node_modules")}");
        }

        string installed = Path.Combine(cacheFolder, $"azurite-{AzuriteVersion.Expected}");
        if (Script(installed) is { } script)
            return script;

        string npm = node.RequireNpm();
        Directory.CreateDirectory(cacheFolder);
        using FolderLock exclusive = await FolderLock
            .EnterAsync(Path.Combine(cacheFolder, "install.lock"), InstallPatience, cancellationToken).ConfigureAwait(false);
        return Script(installed) ?? await InstallAsync(installed, npm, log, cancellationToken).ConfigureAwait(false);
    }

    private static string? Script(string folder)
    {
        string package = Path.Combine(folder, "node_modules", "azurite");
        string description = Path.Combine(package, "package.json");
        if (!File.Exists(description))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(description));
            string script = Path.Combine(package, "dist", "src", "azurite.js");
            return AzuriteVersion.Accepts(document.RootElement.GetProperty("version").GetString()) && File.Exists(script) ? script : null;
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // A package that is half there is as good as none.
            return null;
        }
    }

    private static async Task<string> InstallAsync(
        string folder, string npm, IProgress<string>? log, CancellationToken cancellationToken)
    {
        log?.Report($"Installing Azurite {AzuriteVersion.Expected} with npm (first use only, about 30 s)...");
        string unfinished = folder + ".unfinished";
        Delete(unfinished);
        Directory.CreateDirectory(unfinished);
        foreach (string name in new[] { "package.json", "package-lock.json" })
        {
            using Stream source = AzuriteVersion.Resource(name);
            using FileStream target = File.Create(Path.Combine(unfinished, name));
            await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }

        await RunNpmAsync(npm, unfinished, cancellationToken).ConfigureAwait(false);
        if (Script(unfinished) is null)
            throw new StorageUnavailableException($"npm left no usable Azurite in {unfinished}; delete that folder and try again");
        Delete(folder);
        Directory.Move(unfinished, folder);
        return Script(folder)!;
    }

    private static async Task RunNpmAsync(string npm, string folder, CancellationToken cancellationToken)
    {
        // Azurite is a dev dependency and has no install script; Core Tools, the optional dependency, is not needed here.
        string[] arguments =
            ["ci", "--omit=optional", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
        var start = new ProcessStartInfo(npm, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        var output = new StringBuilder();
        using Process process = Process.Start(start)!;
        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode == 0)
            return;
        throw new StorageUnavailableException(
            $"npm could not install Azurite {AzuriteVersion.Expected} (exit code {process.ExitCode}); check the network and npm's " +
            $"registry setting, or use --connection none to run without storage. npm said:{Environment.NewLine}{output.ToString().Trim()}");
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
