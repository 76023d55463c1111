using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ServerlessConcurrency.Storage.Tests.Accounts;

/// <summary>An HTTP server on loopback that gives every request the same answer.</summary>
internal sealed class OtherServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private int _requests;

    private OtherServer(int port, Action<HttpListenerResponse> answer)
    {
        Port = port;
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = AnswerAsync(answer);
    }

    public int Port { get; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What belongs to something else than a storage.</summary>
    public static OtherServer WithPage(int status) => Start(response =>
    {
        response.StatusCode = status;
        response.Close(Encoding.UTF8.GetBytes("<!doctype html><html></html>"), willBlock: true);
    });

    /// <summary>What a storage refuses a request with.</summary>
    public static OtherServer Refusing(int status, string code, string server) => Start(response =>
    {
        response.StatusCode = status;
        response.Headers.Add("x-ms-request-id", "1");
        response.Headers.Add("x-ms-error-code", code);
        response.Headers.Add("Server", server);
        response.Close(Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>one\ntwo</Message></Error>"), willBlock: true);
    });

    public void Dispose() => _listener.Close();

    private static OtherServer Start(Action<HttpListenerResponse> answer)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new OtherServer(port, answer);
    }

    private async Task AnswerAsync(Action<HttpListenerResponse> answer)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                Interlocked.Increment(ref _requests);
                answer(context.Response);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }
}
