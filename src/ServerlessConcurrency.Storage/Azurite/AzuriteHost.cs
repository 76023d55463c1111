using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>Starts azurite-host.js on a folder.</summary>
internal static class AzuriteHost
{
    private const int ErrorLinesKept = 20;

    /// <summary>Starts Azurite and takes the first lease on it.</summary>
    /// <param name="ports">Where it listens; null: on ports that are free.</param>
    public static async Task<AzuriteLease> StartAsync(
        string folder, NodeRuntime node, string azuriteScript, AzuriteEndpoints? ports, CancellationToken cancellationToken)
    {
        string hostScript = Path.Combine(folder, "azurite-host.js");
        using (Stream source = AzuriteVersion.Resource("azurite-host.js"))
        using (FileStream target = File.Create(hostScript))
            await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);

        var errors = new Queue<string>();
        using Process process = Process.Start(StartInfo(folder, node, hostScript, azuriteScript, ports ?? new AzuriteEndpoints(0, 0, 0)))!;
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginErrorReadLine();
        // The host stays while its standard input is open: until the lease is there, and never longer than this program.
        await using StreamWriter standardInput = process.StandardInput;
        AzuriteLease? lease = null;
        if (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            (AzuriteInstanceFile.Parse(line) is { } instance ? instance with { Place = AzuriteInstanceFile.Here } : null)?.Write(folder);
            await standardInput.WriteLineAsync("go".AsMemory(), cancellationToken).ConfigureAwait(false);
            await standardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
            lease = await AzuriteLease.TryTakeAsync(folder, cancellationToken).ConfigureAwait(false);
        }

        return lease ?? throw await FailureAsync(process, errors, cancellationToken).ConfigureAwait(false);
    }

    private static ProcessStartInfo StartInfo(string folder, NodeRuntime node, string hostScript, string azuriteScript, AzuriteEndpoints ports)
    {
        string[] arguments =
        [
            hostScript, azuriteScript, AzuriteVersion.Expected, folder,
            "--location", Path.Combine(folder, "data"),
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", $"{ports.BlobPort}", "--queuePort", $"{ports.QueuePort}", "--tablePort", $"{ports.TablePort}",
            // Longer than any client keeps an idle connection, so that none is closed just as it is used again.
            "--blobKeepAliveTimeout", "120", "--queueKeepAliveTimeout", "120", "--tableKeepAliveTimeout", "120",
            // Other programs that are pointed at it may speak a newer version of the protocol than Azurite knows. Not --loose: a
            // feature that Azurite lacks shall be an error rather than silently ignored.
            "--skipApiVersionCheck",
            "--silent",
            "--disableTelemetry",
        ];
        var start = new ProcessStartInfo(node.Node, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        // They would give Azurite another database or other accounts than this program uses.
        start.Environment.Remove("AZURITE_DB");
        start.Environment.Remove("AZURITE_ACCOUNTS");
        // A debugger's options, say, are not meant for Azurite.
        start.Environment.Remove("NODE_OPTIONS");
        return start;
    }

    private static void Keep(Queue<string> errors, string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (errors)
        {
            errors.Enqueue(line);
            if (errors.Count > ErrorLinesKept)
                errors.Dequeue();
        }
    }

    private static async Task<StorageUnavailableException> FailureAsync(
        Process process, Queue<string> errors, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        lock (errors)
        {
            return new StorageUnavailableException(
                $"the storage emulator Azurite did not start (exit code {process.ExitCode}); use --connection none to run without " +
                $"storage. It said:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
        }
    }
}
