using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>The body of a request that starts an experiment.</summary>
internal static class SpecRequest
{
    /// <summary>Reads the body, and never more of it than a spec may have.</summary>
    /// <exception cref="BadHttpRequestException">It is not said to be JSON (415), or is too large (413).</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Kestrel would break off the connection on which a client, or the Functions host, still sends: neither then hears the refusal.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = null;
        if (!IsJson(request.ContentType))
        {
            throw new BadHttpRequestException(
                "the body must be a spec in JSON, with the header Content-Type: application/json",
                StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentLength > SpecReader.MaxBytes)
            throw TooLarge(request.ContentLength.Value);
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > SpecReader.MaxBytes)
                throw TooLarge(null);
        }

        return body.ToArray();
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static BadHttpRequestException TooLarge(long? bytes) =>
        new($"the spec {SpecReader.TooLarge(bytes).Message}", StatusCodes.Status413PayloadTooLarge);
}
