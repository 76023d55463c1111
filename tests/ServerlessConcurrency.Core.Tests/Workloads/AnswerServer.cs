using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

/// <summary>A real HTTP server on a free loopback port that answers requests of the <c>http</c> workload as a test wants.</summary>
internal sealed class AnswerServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AnswerServer(WebApplication application) => _application = application;

    public Uri Address => new(
        _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    public static Task<AnswerServer> StartCorrectAsync() => StartAsync(async (context, task) =>
    {
        await Task.Delay((int)task.Size, context.RequestAborted);
        await context.Response.WriteAsync(Checksum.Format(HttpWorkload.Answer(task)));
    });

    public static async Task<AnswerServer> StartAsync(Func<HttpContext, TaskInput, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        application.Run(context => answer(context, Read(context.Request.Query)));
        await application.StartAsync();
        return new AnswerServer(application);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(0);
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private static TaskInput Read(IQueryCollection query) =>
        new(long.Parse(query["ms"]!), int.Parse(query["index"]!), long.Parse(query["seed"]!));
}
