using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ServerlessConcurrency.Tests;

/// <summary>A span as it arrived. Of its attributes those that are text.</summary>
internal sealed record ReceivedSpan(
    string TraceId, string SpanId, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes, string ServiceName, string Instance);

/// <summary>An OpenTelemetry collector over HTTP with protobuf, as far as tests look at what it gets (opentelemetry-proto, trace.proto and metrics.proto).</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> _spans = [];
    private readonly ConcurrentQueue<string> _metrics = [];
    private StubServer? _server;

    public string Address => _server!.Address;

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>The names of all metrics.</summary>
    public IReadOnlyCollection<string> Metrics => _metrics;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        receiver._server = await StubServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    /// <summary>What makes the program send here, soon: a child process that is busy has little time for it at its end.</summary>
    public (string Name, string Value)[] Variables(params (string Name, string Value)[] further) =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100"), .. further];

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (byte[] group in Messages(body.ToArray(), 1))
        {
            Dictionary<string, string> resource = Messages(group, 1).SelectMany(message => Attributes(message, 1)).ToDictionary();
            foreach (byte[] item in Messages(group, 2).SelectMany(scope => Messages(scope, 2)))
            {
                if (context.Request.Path.Value!.EndsWith("/traces", StringComparison.Ordinal))
                    _spans.Enqueue(Span(item, resource));
                else
                    _metrics.Enqueue(Text(item, 1));
            }
        }
    }

    private static ReceivedSpan Span(byte[] span, Dictionary<string, string> resource) => new(
        Hexadecimal(span, 1), Hexadecimal(span, 2), Hexadecimal(span, 4), Text(span, 5), Attributes(span, 9).ToDictionary(),
        resource["service.name"], resource["service.instance.id"]);

    private static IEnumerable<KeyValuePair<string, string>> Attributes(byte[] message, int field) =>
        from pair in Messages(message, field)
        let value = Messages(pair, 2).SelectMany(any => Messages(any, 1)).FirstOrDefault()
        where value is not null
        select KeyValuePair.Create(Text(pair, 1), Encoding.UTF8.GetString(value));

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault() ?? []);

    private static string Hexadecimal(byte[] message, int field) => Convert.ToHexStringLower(Messages(message, field).FirstOrDefault() ?? []);

    // The fields of a number that have a length: messages, texts and bytes.
    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        for (int at = 0; at < message.Length;)
        {
            ulong tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += sizeof(ulong);
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    if ((int)(tag >> 3) == field)
                        found.Add(message[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    at += sizeof(uint);
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
