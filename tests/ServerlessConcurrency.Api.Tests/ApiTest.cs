using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Hosting;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Api.Tests;

/// <summary>A real server on a free port, with a real store of files and a scripted engine, for each test.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    protected const int Guard = 60_000;
    protected const string SmallSpec = """{ "workloads": [ { "kind": "primes", "size": 100, "tasks": 4 } ], "rounds": 3 }""";

    private readonly TemporaryFolder _folder = new();
    private ResultsFolder _files = null!;
    private LocalApiServer _server = null!;

    internal ShakyStore Store { get; private set; } = null!;

    internal ScriptedEngine Engine { get; private set; } = null!;

    internal LocalApiServer Server => _server;

    protected HttpClient Http { get; private set; } = null!;

    /// <summary>What the server was told of as unforeseen.</summary>
    protected ConcurrentQueue<Exception> ServerFaults { get; } = [];

    public async Task InitializeAsync()
    {
        _files = new ResultsFolder(_folder.Path);
        Store = new ShakyStore(_files);
        Engine = new ScriptedEngine(Store);
        _server = await LocalApiServer.StartAsync(Store, Engine, port: 0, TimeProvider.System, ServerFaults.Enqueue);
        Http = new HttpClient { BaseAddress = new Uri(_server.Address, "api/") };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _files.DisposeAsync();
        _folder.Dispose();
    }

    protected static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    protected async Task<HttpResponseMessage> PostSpecAsync(string spec, string? id = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiRoutes.Experiments) { Content = Json(spec) };
        if (id is not null)
            request.Headers.Add(ApiRoutes.IdHeader, id);
        return await Http.SendAsync(request);
    }

    /// <summary>Stores an experiment of two runs that has ended, with the files an engine writes.</summary>
    internal async Task<(ExperimentDocument Document, string Folder)> StoreEndedAsync()
    {
        ExperimentDocument document = Samples.Completed(runs: 2);
        var sink = new StoreSink(Store, TimeProvider.System, Exporters.Reports);
        ExperimentDocument running = Samples.Running() with { Id = document.Id };
        await sink.BeginAsync(running, CancellationToken.None);
        foreach (RunResult run in document.Runs)
            await sink.AppendAsync(running, Samples.Timings(run, run.Tasks), CancellationToken.None);
        await sink.EndAsync(document, CancellationToken.None);
        return (document, ResultsFolder.PathOf(_folder.Path, document.Id));
    }

    /// <summary>Checks that an answer is a problem in the sense of RFC 9457.</summary>
    /// <returns>The problem.</returns>
    protected static async Task<JsonObject> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonObject problem = JsonNode.Parse(body)!.AsObject();
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        return problem;
    }

    protected static async Task<JsonNode> JsonAsync(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {body}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(body)!;
    }
}
