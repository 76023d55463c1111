using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServerlessConcurrency.Chaos;

/// <summary>Answers for a storage, which <paramref name="forward"/> asks and whose answer it passes on.</summary>
internal delegate Task Disturbance(HttpContext context, Func<Task> forward);

/// <summary>A proxy on loopback before an emulator, which disturbs what goes through it.</summary>
internal sealed partial class FaultyStorage : IAsyncDisposable
{
    private static readonly string[] HopByHop = ["Connection", "Host", "Keep-Alive", "Transfer-Encoding", "Expect"];

    private readonly WebApplication _application;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4) });
    private readonly Dictionary<int, int> _targets = [];
    private Disturbance? _disturbance;

    private FaultyStorage(WebApplication application) => _application = application;

    /// <summary>That of the emulator, with the addresses of the proxy.</summary>
    public string ConnectionString { get; private init; } = "";

    /// <summary>What happens to requests; null: nothing.</summary>
    public Disturbance? Disturbance
    {
        set => Volatile.Write(ref _disturbance, value);
    }

    public static async Task<FaultyStorage> StartAsync(string connectionString)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        MatchCollection endpoints = Endpoint().Matches(connectionString);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.AllowSynchronousIO = false;
            foreach (Match _ in endpoints)
                options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, OwnerLifetime>();
        WebApplication application = builder.Build();
        FaultyStorage? proxy = null;
        application.Run(context => proxy!.AnswerAsync(context));
        await application.StartAsync();
        int[] ports = [.. application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port)];
        int next = 0;
        var targets = new Dictionary<int, int>();
        string changed = Endpoint().Replace(connectionString, endpoint =>
        {
            targets.Add(ports[next], int.Parse(endpoint.Groups["port"].Value, CultureInfo.InvariantCulture));
            return string.Create(CultureInfo.InvariantCulture, $"{endpoint.Groups["before"].Value}{ports[next++]}/");
        });
        proxy = new FaultyStorage(application) { ConnectionString = changed };
        foreach ((int port, int target) in targets)
            proxy._targets.Add(port, target);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            Task Forward() => ForwardAsync(context, body.ToArray());
            await (Volatile.Read(ref _disturbance) is { } disturbance ? disturbance(context, Forward) : Forward());
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The emulator or the client has gone.
            context.Abort();
        }
    }

    private async Task ForwardAsync(HttpContext context, byte[] body)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var address = new Uri(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_targets[context.Connection.LocalPort]}{target}"),
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address) { Content = body.Length > 0 || context.Request.ContentLength is not null ? new ByteArrayContent(body) : null };
        foreach ((string name, var values) in context.Request.Headers)
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        // Of a request that is sent twice, the client hears one answer.
        if (context.Response.HasStarted)
            return;
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers))
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        await context.Response.CompleteAsync();
    }

    // It ends with its schedule: what interrupts this program must not take the storage from the schedules under way.
    private sealed class OwnerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [GeneratedRegex("(?<before>(?:Blob|Queue|Table)Endpoint=http://127.0.0.1:)(?<port>[0-9]+)/")]
    private static partial Regex Endpoint();
}
