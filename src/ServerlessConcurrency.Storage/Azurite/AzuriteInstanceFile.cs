using System.Text.Json;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>What azurite-host.js writes into <c>instance.json</c>: where the Azurite of a folder can be reached.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="ControlPort">The loopback port on which it grants leases.</param>
/// <param name="Token">What a lease has to name, so that a later owner of the port is not taken for it.</param>
internal sealed record AzuriteInstanceFile(int Pid, int ControlPort, string Token)
{
    public static AzuriteInstanceFile? Read(string folder)
    {
        try
        {
            AzuriteInstanceFile? instance = JsonSerializer.Deserialize<AzuriteInstanceFile>(
                File.ReadAllText(Path.Combine(folder, "instance.json")), JsonSerializerOptions.Web);
            return instance is { ControlPort: > 0 and < 65536, Token: not null } ? instance : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // None has run, or it is ending just now and takes its file with it.
            return null;
        }
    }
}
