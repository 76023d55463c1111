using System.Text.Json;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>The file <c>instance.json</c>: where the Azurite of a folder can be reached. It is touched every second while Azurite lives.</summary>
/// <param name="Machine">The name of the machine or container.</param>
/// <param name="Place">From where its loopback ports can be reached; null if that is not known.</param>
internal sealed record AzuriteInstanceFile(int Pid, int ControlPort, string Token, string? Machine = null, string? Place = null)
{
    private const string FileName = "instance.json";
    private static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>The place of this program: the network namespace of a running Linux, elsewhere the machine.</summary>
    public static string Here { get; } = FindPlace();

    /// <summary>Reads the file of a folder; null where no Azurite runs on it.</summary>
    public static AzuriteInstanceFile? Read(string folder)
    {
        try
        {
            return Parse(File.ReadAllText(Path.Combine(folder, FileName)));
        }
        catch (IOException)
        {
            // None has run, or it is ending just now and takes its file with it.
            return null;
        }
    }

    /// <summary>Reads what azurite-host.js says of itself; null where it is something else.</summary>
    public static AzuriteInstanceFile? Parse(string text)
    {
        try
        {
            AzuriteInstanceFile? instance = JsonSerializer.Deserialize<AzuriteInstanceFile>(text, JsonSerializerOptions.Web);
            return instance is { ControlPort: > 0 and < 65536, Token: not null } ? instance : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Watches for a while whether an Azurite lives that cannot be reached from here.</summary>
    public async Task<bool> LivesElsewhereAsync(string folder, CancellationToken cancellationToken)
    {
        if (Place is null || Place == Here)
            return false;
        // Another machine's clock may differ.
        string path = Path.Combine(folder, FileName);
        DateTime seen = File.GetLastWriteTimeUtc(path);
        for (TimeSpan waited = TimeSpan.Zero; waited < LongestBeat; waited += Look)
        {
            await Task.Delay(Look, cancellationToken).ConfigureAwait(false);
            if (Read(folder)?.Token != Token)
                return false;
            if (File.GetLastWriteTimeUtc(path) != seen)
                return true;
        }

        return false;
    }

    private static string FindPlace()
    {
        try
        {
            return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {new FileInfo("/proc/self/ns/net").LinkTarget}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Environment.MachineName;
        }
    }

    /// <summary>Writes the file of a folder, in one step; azurite-host.js removes it when it ends.</summary>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, JsonSerializerOptions.Web));
        File.Move(path + ".new", path, overwrite: true);
    }
}
