using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessConcurrency.Api.Endpoints;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Api.Hosting;

/// <summary>
/// The API on Kestrel, for this machine only: it listens on the loopback interface, and turns away what a web page of elsewhere
/// may send there. Reads no settings, and leaves signals to the program.
/// </summary>
public sealed class LocalApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LocalApiServer(WebApplication application)
    {
        _application = application;
        Address = new Uri(application.Urls.Single());
    }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:7171/</c>; the dashboard is there.</summary>
    public Uri Address { get; }

    /// <summary>Every route it serves, for tests and descriptions.</summary>
    public IEnumerable<RouteEndpoint> Routes =>
        _application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <param name="port">The port, 0 to 65,535; 0: any free one.</param>
    /// <param name="onFault">Is told of every request that ended in an unforeseen exception; may be null.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port may not be used.</exception>
    public static async Task<LocalApiServer> StartAsync(
        IExperimentStore store,
        IExperimentEngine engine,
        int port,
        TimeProvider clock,
        Action<Exception>? onFault = null,
        CancellationToken cancellationToken = default)
    {
        // The empty builder reads no settings: an appsettings.json in the user's folder must not reconfigure the server.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            RequestBounds.Apply(options.Limits);
            options.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection =>
                {
                    connection.Transport = new RefusalTransport(connection.Transport);
                    return next(connection);
                });
            });
        });
        builder.Services
            .AddRoutingCore()
            .AddSingleton<IHostLifetime, ProgramLifetime>()
            .AddSingleton(store)
            .AddSingleton(engine)
            .AddSingleton(clock)
            .AddExperimentApi()
            .AddSingleton<EventEndpoints>();
        WebApplication application = builder.Build();
        try
        {
            application.Use(new ProblemPages(onFault).InvokeAsync);
            application.Use(RequestBounds.InvokeAsync);
            application.Use(LoopbackGuard.InvokeAsync);
            application.UseRouting();
            application.MapLocalRoutes(application.MapExperimentApi());
            await application.StartAsync(cancellationToken);
            return new LocalApiServer(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops taking requests, and ends when those under way are answered.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    /// <summary>Leaves the end of the server to the program, where the default one would stop it on Ctrl+C.</summary>
    private sealed class ProgramLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
