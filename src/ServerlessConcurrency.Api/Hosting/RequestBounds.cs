using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ServerlessConcurrency.Api.Problems;

namespace ServerlessConcurrency.Api.Hosting;

/// <summary>
/// How long an address and the headers of a request may be. Kestrel would refuse them without a word; where it lets more pass, the
/// refusal can say what the bound is.
/// </summary>
internal static class RequestBounds
{
    public const int LongestTarget = 8 * 1024;
    public const int MostHeaders = 100;
    public const int MostHeaderCharacters = 32 * 1024;
    private const int Passed = 512 * 1024;
    private const int HeadersPassed = Passed / MostHeaderCharacters * MostHeaders;

    public static void Apply(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = Passed;
        limits.MaxRequestHeadersTotalSize = Passed;
        limits.MaxRequestHeaderCount = HeadersPassed;
    }

    /// <summary>What Kestrel refuses all the same; null where that has another reason.</summary>
    public static ProblemResult? Describe(int status) => status switch
    {
        StatusCodes.Status414UriTooLong => Refusal(status, $"the address has more than {Passed:N0} characters; expected at most {LongestTarget:N0}"),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => Refusal(
            status, $"the request has more than {HeadersPassed:N0} headers, or they have more than {Passed:N0} characters; expected at most {MostHeaders:N0} headers of {MostHeaderCharacters:N0} characters"),
        _ => null,
    };

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        int target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length;
        IHeaderDictionary headers = context.Request.Headers;
        int count = headers.Sum(header => header.Value.Count);
        int characters = headers.Sum(header => header.Value.Sum(value => header.Key.Length + (value?.Length ?? 0)));
        return target > LongestTarget
            ? RefuseAsync(context, StatusCodes.Status414UriTooLong, $"the address has {target:N0} characters; expected at most {LongestTarget:N0}")
            : count > MostHeaders
            ? RefuseAsync(context, StatusCodes.Status431RequestHeaderFieldsTooLarge, $"the request has {count:N0} headers; expected at most {MostHeaders:N0}")
            : characters > MostHeaderCharacters
            ? RefuseAsync(context, StatusCodes.Status431RequestHeaderFieldsTooLarge, $"the headers have {characters:N0} characters; expected at most {MostHeaderCharacters:N0}")
            : next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, FormattableString detail) =>
        Refusal(status, detail).ExecuteAsync(context);

    private static ProblemResult Refusal(int status, FormattableString detail) => new(status, FormattableString.Invariant(detail));
}
