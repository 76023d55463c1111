using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ServerlessConcurrency.Api.Problems;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Hosting;

/// <summary>Gives what Kestrel refuses by itself, before there is a request, a problem as its body: it sends headers alone, and no middleware is asked.</summary>
internal sealed class RefusalTransport(IDuplexPipe inner) : IDuplexPipe
{
    public PipeReader Input => inner.Input;

    public PipeWriter Output { get; } = new Writer(inner.Output);

    private sealed class Writer(PipeWriter inner) : PipeWriter
    {
        // Kestrel's have five headers.
        private const int LongestRefusal = 512;
        private const string NoBody = "\r\nContent-Length: 0\r\n";

        private Memory<byte> _given;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            byte[]? explained = bytes > LongestRefusal ? null : Explain(_given.Span[..bytes]);
            // What follows may be written into the rest.
            _given = _given[bytes..];
            if (explained is null)
                inner.Advance(bytes);
            else
                inner.Write(explained);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        private static byte[]? Explain(ReadOnlySpan<byte> written)
        {
            if (!written.StartsWith("HTTP/1.1 4"u8) && !written.StartsWith("HTTP/1.1 5"u8))
                return null;
            string headers = Encoding.ASCII.GetString(written);
            // The API's own errors have a media type.
            if (!headers.EndsWith("\r\n\r\n", StringComparison.Ordinal) || !headers.Contains(NoBody, StringComparison.Ordinal)
                || headers.Contains("\r\nContent-Type:", StringComparison.Ordinal))
            {
                return null;
            }

            int status = int.Parse(headers.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(Describe(status).ToDetails(), ExperimentJson.Compact);
            string described = string.Create(CultureInfo.InvariantCulture, $"\r\nContent-Type: {ProblemResult.MediaType}\r\nContent-Length: {body.Length}\r\n");
            return [.. Encoding.ASCII.GetBytes(headers.Replace(NoBody, described, StringComparison.Ordinal)), .. body];
        }

        private static ProblemResult Describe(int status) =>
            ProblemResult.OfTransport(status) ?? RequestBounds.Describe(status) ?? new(status, ReasonPhrases.GetReasonPhrase(status));
    }
}
