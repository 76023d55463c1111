using System.Text.Json;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>The file <c>instance.json</c>: where the Azurite of a folder can be reached.</summary>
internal sealed record AzuriteInstanceFile(int Pid, int ControlPort, string Token)
{
    private const string FileName = "instance.json";

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

    /// <summary>Writes the file of a folder, in one step; azurite-host.js removes it when it ends.</summary>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, JsonSerializerOptions.Web));
        File.Move(path + ".new", path, overwrite: true);
    }
}
