using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ServerlessConcurrency.Tests;

/// <summary>A server that answers what a test says.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StubServer(WebApplication application)
    {
        _application = application;
        Address = application.Urls.Single();
    }

    public string Address { get; }

    public static async Task<StubServer> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http1));
        WebApplication application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return new StubServer(application);
    }

    /// <summary>Answers a problem as the API does.</summary>
    public static Task ProblemAsync(HttpContext context, int status, string problem)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(problem);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
