using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary>The API as a Functions app has it: without the right key 401 and no body, and no events; behind it a local server.</summary>
internal sealed class KeyedServer : IAsyncDisposable
{
    public const string Key = "a-function-key==";
    private readonly WebApplication _application;
    private readonly HttpClient _behind = new();

    private KeyedServer(Uri behind)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(context => AnswerAsync(context, behind));
    }

    /// <summary>Where the page is.</summary>
    public Uri Address => new(new Uri(_application.Urls.Single()), "/api/dashboard");

    public static async Task<KeyedServer> StartAsync(Uri behind)
    {
        var server = new KeyedServer(behind);
        await server._application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _behind.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, Uri behind)
    {
        (HttpRequest asked, HttpResponse told) = (context.Request, context.Response);
        bool isOpen = asked.Path == "/api/dashboard" || asked.Path == "/api/health";
        if (!isOpen && asked.Headers["x-functions-key"] != Key)
        {
            told.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (asked.Path.Value!.EndsWith("/events", StringComparison.Ordinal))
        {
            told.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(behind, $"{asked.Path}{asked.QueryString}"));
        if (asked.ContentLength > 0)
        {
            request.Content = new StreamContent(asked.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", asked.ContentType);
        }

        using HttpResponseMessage answer = await _behind.SendAsync(request, context.RequestAborted);
        told.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            told.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(told.Body);
    }
}
