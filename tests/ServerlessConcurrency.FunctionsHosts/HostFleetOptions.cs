using System.Net;

namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>Which hosts to start.</summary>
public sealed record HostFleetOptions
{
    private const int MostHosts = 32;

    /// <summary>The executable of Core Tools.</summary>
    public required string Func { get; init; }

    /// <summary>The folder of the built app.</summary>
    public required string AppFolder { get; init; }

    /// <summary>How many hosts, 1 or more.</summary>
    public required int Hosts { get; init; }

    /// <summary>The port of the first; the others follow.</summary>
    public int FirstPort { get; init; } = 7071;

    /// <summary>The connection string of the storage account that they share.</summary>
    public required string StorageConnection { get; init; }

    /// <summary>Settings beside those of local.settings.json, which they override.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets every line that a host writes, with the host's name before it.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>How long all hosts together may take until they are ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How many times a host may end within 10 minutes and is started again.</summary>
    public int MostRestarts { get; init; } = 5;

    /// <summary>What is wrong with how many hosts there are to be, and where.</summary>
    internal static IEnumerable<string> Mistakes(int hosts, int port)
    {
        if (hosts is < 1 or > MostHosts)
            yield return $"--hosts: {hosts}; expected 1 to {MostHosts}";
        else if (port < 1 || port + hosts - 1 > IPEndPoint.MaxPort)
            yield return $"--port: {port}; expected 1 to {IPEndPoint.MaxPort - hosts + 1}{(hosts > 1 ? $" for {hosts} hosts" : "")}";
    }
}
