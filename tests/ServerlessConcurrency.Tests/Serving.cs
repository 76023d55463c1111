using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Tests;

/// <summary><c>sconc serve</c> in a folder of its own, without storage unless a test wants it.</summary>
internal sealed class Serving : IDisposable
{
    private readonly TemporaryFolder? _ownFolder;

    private Serving(string folder, TemporaryFolder? ownFolder, Sconc process, Uri address)
    {
        Folder = folder;
        _ownFolder = ownFolder;
        Process = process;
        Address = address;
        Http = new HttpClient { BaseAddress = new Uri(address, "api/") };
    }

    public string Folder { get; }

    public Sconc Process { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static Task<Serving> StartAsync(string connection = "none")
    {
        var folder = new TemporaryFolder();
        return StartAsync(folder.Path, folder, port: 0, connection);
    }

    /// <summary>Starts a server where another one has been.</summary>
    public static Task<Serving> StartAsync(string folder, int port) => StartAsync(folder, null, port, "none");

    public string ResultsOf(string id) => Path.Combine(Folder, "results", id);

    /// <summary>Starts an experiment over HTTP.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> PostAsync(string spec)
    {
        using var body = new StringContent(spec, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Http.PostAsync("experiments", body);
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    public async Task<JsonNode> GetAsync(string id) => (await Http.GetFromJsonAsync<JsonNode>($"experiments/{id}"))!;

    /// <summary>Waits until an experiment has a status, and so many runs.</summary>
    public Task UntilAsync(string id, string status, int runsDone = 0) => Eventually.True(
        () => GetAsync(id).GetAwaiter().GetResult() is var now
            && (string)now["status"]! == status && (int)now["progress"]!["runsDone"]! >= runsDone,
        $"{id} is {status} with {runsDone} runs");

    public void Dispose()
    {
        Http.Dispose();
        Process.Dispose();
        _ownFolder?.Dispose();
    }

    private static async Task<Serving> StartAsync(string folder, TemporaryFolder? ownFolder, int port, string connection)
    {
        Sconc process = Sconc.Start(
            folder, "serve", "--connection", connection, "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        const string Announcement = "Listening on ";
        await Eventually.True(() => process.HasExited || process.Out.EndsWith('\n'), "the server tells its address");
        Assert.True(process.Out.StartsWith(Announcement, StringComparison.Ordinal), process.Error);
        return new Serving(folder, ownFolder, process, new Uri(process.Out[Announcement.Length..].Trim()));
    }
}
