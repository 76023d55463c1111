using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Workers.Loopback;

/// <summary>The child process behind <see cref="LoopbackServer"/>.</summary>
internal sealed class LoopbackServerRole : IWorkerRole
{
    public const string RoleName = "http-server";

    private const int LongestWaitMs = 3_600_000;

    public string Name => RoleName;

    public async Task RunAsync(WorkerSession session)
    {
        // The empty builder reads no settings: an appsettings.json in the user's folder must not reconfigure the server.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, session.Environment.HttpServer?.Port ?? 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, ParentLifetime>();
        await using WebApplication server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();

        session.Writer.AppendJson(LoopbackServer.ListeningFrame, new Uri(server.Urls.Single()).Port);
        session.Writer.Flush();
        while (session.Reader.Read(out _))
        {
        }
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        context.Response.ContentType = "text/plain";
        if (request.Path != "/work" || !HttpMethods.IsGet(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("try GET /work?ms=50&index=0&seed=42");
            return;
        }

        if (!TryRead(request.Query["ms"], 0, LongestWaitMs, out long ms)
            || !TryRead(request.Query["index"], 0, int.MaxValue, out long index)
            || !TryRead(request.Query["seed"], long.MinValue, long.MaxValue, out long seed))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"ms must be 0 to {LongestWaitMs}, index 0 or more, seed any 64-bit number");
            return;
        }

        await Task.Delay((int)ms, context.RequestAborted);
        string answer = Checksum.Format(HttpWorkload.Answer(new TaskInput(ms, (int)index, seed)));
        context.Response.ContentLength = answer.Length;
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private static bool TryRead(string? text, long least, long most, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= least
        && value <= most;

    /// <summary>Leaves the end of the process to its parent, where the default one would stop the server on Ctrl+C.</summary>
    private sealed class ParentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
