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
        string answer = code.StartsWith("Table", StringComparison.Ordinal)
            ? """{"odata.error":{"code":"CODE","message":{"lang":"en-US","value":"one\ntwo"}}}""".Replace("CODE", code, StringComparison.Ordinal)
            : $"<Error><Code>{code}</Code><Message>one\ntwo</Message></Error>";
        response.Close(Encoding.UTF8.GetBytes(answer), willBlock: true);
    });

    /// <summary>What refuses a transaction of a table with 503 so often, within an answer of 202 as Azure does, and then carries it out.</summary>
    public static OtherServer RefusingTransactions(int times) => Start(response =>
    {
        string answer = times-- > 0
            ? "HTTP/1.1 503 Server Busy\r\nContent-Type: application/json\r\n\r\n"
                + """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"0:The server is busy."}}}"""
            : "HTTP/1.1 204 No Content\r\n\r\n";
        response.StatusCode = 202;
        response.ContentType = "multipart/mixed; boundary=batch";
        response.Headers.Add("x-ms-request-id", "1");
        response.Close(
            Encoding.UTF8.GetBytes(
                "--batch\r\nContent-Type: multipart/mixed; boundary=changes\r\n\r\n"
                + $"--changes\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{answer}\r\n--changes--\r\n--batch--\r\n"),
            willBlock: true);
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
