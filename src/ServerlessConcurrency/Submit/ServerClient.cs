using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Submit;

/// <summary>The HTTP API, seen from the other side. One call at a time.</summary>
internal sealed class ServerClient : IDisposable
{
    private const string KeyHeader = "x-functions-key";

    private readonly ServerEndpoint _endpoint;
    private readonly Patience _patience;
    private readonly HttpClient _http;

    public ServerClient(ServerEndpoint endpoint, Patience patience)
    {
        _endpoint = endpoint;
        _patience = patience;
        // A redirect is not followed: the key must not go to whomever it refers to.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !endpoint.Root.IsLoopback,
            AutomaticDecompression = DecompressionMethods.All,
        });
        if (endpoint.Key is not null)
            _http.DefaultRequestHeaders.Add(KeyHeader, endpoint.Key);
    }

    /// <summary>Whether anything may have reached the server.</summary>
    public bool HasSent { get; private set; }

    /// <summary>Starts an experiment, once, however often the request has to be sent.</summary>
    /// <exception cref="BadInputException">The server found mistakes in the spec.</exception>
    public async Task StartAsync(string id, JsonObject spec, string source, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(spec, ExperimentJson.Compact);
        try
        {
            ExperimentLinks links = await AskAsync(
                () =>
                {
                    var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.To(ApiRoutes.Experiments))
                    {
                        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
                    };
                    request.Headers.Add(ApiRoutes.IdHeader, id);
                    return request;
                },
                ReadJsonAsync<ExperimentLinks>,
                cancellationToken);
            if (links.Id != id)
                throw NotThisServer();
        }
        catch (ServerException exception) when (exception.Errors.Count > 0)
        {
            throw new BadInputException(source, exception.Errors);
        }
    }

    public Task<MeasurementDocument> GetAsync(string id, CancellationToken cancellationToken) =>
        AskForExperimentAsync(HttpMethod.Get, ApiRoutes.Experiment, id, cancellationToken);

    /// <summary>Ends an experiment; what was measured is kept.</summary>
    public Task<MeasurementDocument> CancelAsync(string id, CancellationToken cancellationToken) =>
        AskForExperimentAsync(HttpMethod.Post, ApiRoutes.Cancel, id, cancellationToken);

    /// <summary>Writes an answer into a file, which is replaced when all of it has arrived.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task DownloadAsync(string route, string id, string path, CancellationToken cancellationToken)
    {
        await AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, _endpoint.To(route, id)),
            async (content, token) =>
            {
                await using Stream body = await content.ReadAsStreamAsync(token);
                await AtomicFile.ReplaceAsync(path, file => body.CopyToAsync(file, token));
                return true;
            },
            cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<MeasurementDocument> AskForExperimentAsync(
        HttpMethod method, string route, string id, CancellationToken cancellationToken)
    {
        MeasurementDocument document = await AskAsync(
            () => new HttpRequestMessage(method, _endpoint.To(route, id)), ReadJsonAsync<MeasurementDocument>, cancellationToken);
        // The id names the folder of the files: it is not to be the server's choice.
        return document.Id == id ? document : throw NotThisServer();
    }

    private async Task<T> AskAsync<T>(
        Func<HttpRequestMessage> request, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _patience.DoAsync(token => AskOnceAsync(request, read, token), cancellationToken);
        }
        catch (ServerException exception) when (
            exception.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                or (>= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest))
        {
            throw new BadInputException("the server", [new SpecError("", exception.Message)]);
        }
    }

    private async Task<T> AskOnceAsync<T>(
        Func<HttpRequestMessage> create, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = create();
            using HttpResponseMessage response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            HasSent = true;
            await ServerAnswer.ThrowUnlessSuccessAsync(_endpoint, response, cancellationToken);
            return await read(response.Content, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or IOException { InnerException: SocketException })
        {
            HasSent |= exception is not HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            };
            throw new ServerException($"{_endpoint} does not answer ({Innermost(exception)})", null, cause: exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            HasSent = true;
            throw new ServerException(
                FormattableString.Invariant($"{_endpoint} did not answer within {_http.Timeout.TotalSeconds:0} s"), null, cause: exception);
        }
    }

    private async Task<T> ReadJsonAsync<T>(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream body = await content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync<T>(body, ExperimentJson.Compact, cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw NotThisServer();
        }
    }

    private BadInputException NotThisServer() => BadInputException.OfOption(
        "--endpoint", $"what answers at {_endpoint} is not this program's server, or another version of it");

    private static string Innermost(Exception exception) =>
        exception.InnerException is { } inner ? Innermost(inner) : exception.Message;
}
