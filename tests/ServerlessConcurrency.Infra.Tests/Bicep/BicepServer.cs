using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>
/// One Bicep CLI that answers many requests (JSON-RPC over its standard streams): each start of it costs seconds. It is kept off the network: a template
/// that needed a registry would fail.
/// </summary>
internal sealed class BicepServer
{
    private const string NoProxyThere = "http://127.0.0.1:9";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Lazy<BicepServer> OfThisProcess = new(() => new BicepServer());

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Process _process;
    private int _requests;

    private BicepServer()
    {
        string executable = typeof(BicepServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BicepPath").Value!;
        var start = new ProcessStartInfo(executable, ["jsonrpc", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string name in new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy" })
            start.Environment[name] = NoProxyThere;
        _process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _process.Kill();
    }

    /// <summary>Asks it.</summary>
    /// <returns>The result, or the error's message.</returns>
    public static async Task<(JsonNode? Result, string? Error)> AskAsync(string method, JsonObject request)
    {
        BicepServer server = OfThisProcess.Value;
        using var patience = new CancellationTokenSource(Patience);
        await server._turn.WaitAsync(patience.Token);
        try
        {
            await server.SendAsync(method, request, patience.Token);
            JsonNode answer = await server.ReceiveAsync(patience.Token);
            return (answer["result"], (string?)answer["error"]?["message"]);
        }
        finally
        {
            server._turn.Release();
        }
    }

    private async Task SendAsync(string method, JsonObject request, CancellationToken cancellationToken)
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = ++_requests,
            ["method"] = method,
            ["params"] = request,
        };
        byte[] body = Encoding.UTF8.GetBytes(message.ToJsonString());
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"));
        Stream input = _process.StandardInput.BaseStream;
        await input.WriteAsync((byte[])[.. head, .. body], cancellationToken);
        await input.FlushAsync(cancellationToken);
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        Stream output = _process.StandardOutput.BaseStream;
        int length = 0;
        for (string line = await ReadLineAsync(output, cancellationToken); line.Length > 0; line = await ReadLineAsync(output, cancellationToken))
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
        byte[] body = new byte[length];
        await output.ReadExactlyAsync(body, cancellationToken);
        return JsonNode.Parse(body)!;
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        byte[] next = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(next, cancellationToken);
            if (next[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)next[0]);
        }
    }
}
