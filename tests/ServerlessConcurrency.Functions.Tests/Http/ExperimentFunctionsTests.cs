using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using ServerlessConcurrency.Api;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Functions.Hosting;
using ServerlessConcurrency.Functions.Http;
using ServerlessConcurrency.Functions.Tests.InMemory;

namespace ServerlessConcurrency.Functions.Tests.Http;

public sealed class ExperimentFunctionsTests
{
    private static IEnumerable<(string Function, HttpTriggerAttribute Trigger)> Triggers =>
        from method in typeof(ExperimentFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods())
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null && function.Name != "UnknownRoute"
        select (function.Name, trigger);

    [Fact]
    public void Every_route_but_health_and_the_page_that_asks_for_the_key_needs_one() => Assert.All(Triggers, function => Assert.Equal(
        function.Function is "GetHealth" or "GetDashboard" ? AuthorizationLevel.Anonymous : AuthorizationLevel.Function, function.Trigger.AuthLevel));

    [Fact]
    public async Task The_routes_are_those_of_the_local_server()
    {
        await using var testApp = new FunctionsApp();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<IExperimentEngine>(new DurableExperimentEngine(null!, testApp.Store, testApp.Results, new FanOutOptions()));
        builder.Services.AddSingleton(testApp.Store).AddSingleton(TimeProvider.System).AddExperimentApi();
        await using WebApplication server = builder.Build();
        server.MapExperimentApi();

        IEnumerable<string> mapped =
            from endpoint in ((IEndpointRouteBuilder)server).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            select $"{method} {endpoint.RoutePattern.RawText!.TrimStart('/')}";
        IEnumerable<string> triggered =
            from function in Triggers
            from method in function.Trigger.Methods!
            select $"{method.ToUpperInvariant()} {ApiRoutes.Prefix}/{function.Trigger.Route}";

        Assert.Equal(mapped.Order(StringComparer.Ordinal), triggered.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("PUT", "/api/experiments", 405, "GET, POST")]
    [InlineData("PATCH", "/api/experiments/20260131-093000-k7qd", 405, "DELETE, GET")]
    [InlineData("POST", "/api/health", 405, "GET")]
    [InlineData("GET", "/api/experiment", 404, "")]
    [InlineData("GET", "/api", 404, "")]
    public async Task What_no_function_takes_is_a_problem_that_names_the_methods_there_are(string method, string path, int status, string allow)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = path }, Response = { Body = new MemoryStream() } };

        await ExperimentFunctions.UnknownRoute(context.Request).ExecuteAsync(context);

        Assert.Equal((status, allow), (context.Response.StatusCode, context.Response.Headers.Allow.ToString()));
        Assert.Equal("application/problem+json", context.Response.ContentType);
    }

    [Fact]
    public async Task The_dashboard_is_a_page_that_lets_no_other_script_in()
    {
        HttpContext context = await RespondAsync(request => Task.FromResult(ExperimentFunctions.Dashboard(request)), "");

        Assert.Equal((200, "text/html; charset=utf-8"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Contains("default-src 'none'; script-src 'sha256-", context.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_takes_any_route_is_asked_last() =>
        Assert.All(Triggers, function => Assert.True(string.Compare(function.Function, "UnknownRoute", StringComparison.OrdinalIgnoreCase) < 0));

    [Fact]
    public void Every_function_has_a_name_of_its_own() => Assert.Equal(
        Triggers.Count(), Triggers.Select(function => function.Function).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_goes_from_its_spec_to_its_results_and_is_removed()
    {
        await using var app = new FunctionsApp();
        await app.StartAsync();
        var functions = new ExperimentFunctions(app.Store, app.Results, new FanOutOptions());
        DurableTaskClient client = app.Client;

        (int status, JsonElement links) = await CallAsync(request => functions.StartAsync(request, client, default), """
            { "workloads": [ { "kind": "primes", "size": 50, "tasks": 4 } ], "models": [ "sequential", "durable" ],
              "rounds": 2, "warmupRounds": 0 }
            """);
        Assert.Equal(StatusCodes.Status202Accepted, status);
        string id = links.GetProperty("id").GetString()!;
        await app.EndAsync(id, OrchestrationRuntimeStatus.Completed);

        (status, JsonElement experiment) = await CallAsync(request => functions.GetAsync(request, id, client, default));
        Assert.Equal((200, "completed", 4), (
            status, experiment.GetProperty("status").GetString(), experiment.GetProperty("runs").GetArrayLength()));
        Assert.Equal(EngineNames.AzureFunctions, experiment.GetProperty("environment").GetProperty("engine").GetString());
        Assert.Equal(200, await StatusAsync(request => functions.ListAsync(request, client, default)));
        Assert.Equal(200, await StatusAsync(request => functions.TimingsAsync(request, id, client, default)));
        Assert.Equal(200, await StatusAsync(request => functions.TraceAsync(request, id, client, default)));
        Assert.Equal(200, await StatusAsync(request => functions.ReportAsync(request, id, client, default)));
        Assert.Equal(200, await StatusAsync(request => functions.CompareAsync(request, id, client, default), query: $"?with={id}"));
        Assert.Equal(200, await StatusAsync(request => functions.CancelAsync(request, id, client, default)));
        Assert.Equal(200, await StatusAsync(request => functions.HealthAsync(request, client, default)));
        Assert.Equal(200, await StatusAsync(request => functions.OpenApiAsync(request, client, default)));
        Assert.Equal(204, await StatusAsync(request => functions.DeleteAsync(request, id, client, default)));
        Assert.Equal(404, await StatusAsync(request => functions.GetAsync(request, id, client, default)));
        Assert.Null(await client.GetInstanceAsync(id));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task The_bounds_of_a_spec_are_enforced_and_what_is_unknown_is_named()
    {
        await using var app = new FunctionsApp();
        await app.StartAsync();
        var functions = new ExperimentFunctions(app.Store, app.Results, new FanOutOptions());

        (int status, JsonElement problem) = await CallAsync(request => functions.StartAsync(request, app.Client, default), """
            { "workloads": [ { "kind": "primes", "size": 50, "tasks": 100001 } ], "models": [ "durables" ], "degree": 257 }
            """);

        Assert.Equal(StatusCodes.Status400BadRequest, status);
        string text = problem.ToString();
        Assert.All(["100001", "durables", "257"], mistake => Assert.Contains(mistake, text, StringComparison.Ordinal));
        Assert.All(AppModels.Rules.Models, model => Assert.Contains(model, text, StringComparison.Ordinal));
    }

    private static async Task<int> StatusAsync(Func<HttpRequest, Task<IResult>> function, string query = "") =>
        (await RespondAsync(function, "", query)).Response.StatusCode;

    private static async Task<(int Status, JsonElement Body)> CallAsync(Func<HttpRequest, Task<IResult>> function, string body = "")
    {
        HttpContext context = await RespondAsync(function, body);
        context.Response.Body.Position = 0;
        return (context.Response.StatusCode, (await JsonDocument.ParseAsync(context.Response.Body)).RootElement);
    }

    private static async Task<HttpContext> RespondAsync(Func<HttpRequest, Task<IResult>> function, string body, string query = "")
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
            Request =
            {
                Scheme = "http", Host = new HostString("localhost:7071"), ContentType = "application/json", QueryString = new QueryString(query),
                Body = new MemoryStream(Encoding.UTF8.GetBytes(body)), ContentLength = Encoding.UTF8.GetByteCount(body),
            },
            Response = { Body = new MemoryStream() },
        };
        IResult result = await function(context.Request);
        await result.ExecuteAsync(context);
        return context;
    }
}
