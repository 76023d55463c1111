using System.Net;

namespace ServerlessConcurrency.Api.Tests;

public sealed class RequestBoundsTests : ApiTest
{
    [Theory(Timeout = Guard)]
    [InlineData(8_000, HttpStatusCode.OK)]
    [InlineData(8_300, HttpStatusCode.RequestUriTooLong)]
    [InlineData(400_000, HttpStatusCode.RequestUriTooLong)]
    public async Task A_long_address_is_refused_with_its_bound(int characters, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"health?{new string('x', characters)}");

        await AnswersAsync(request, expected, "8,192");
    }

    [Theory(Timeout = Guard)]
    [InlineData(1, 30_000, HttpStatusCode.OK)]
    [InlineData(1, 33_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(95, 10, HttpStatusCode.OK)]
    [InlineData(200, 10, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Long_and_many_headers_are_refused_with_their_bound(int headers, int characters, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health");
        for (int number = 0; number < headers; number++)
            request.Headers.Add($"x-{number}", new string('x', characters));

        await AnswersAsync(request, expected, headers > 1 ? "100" : "32,768");
    }

    private async Task AnswersAsync(HttpRequestMessage request, HttpStatusCode expected, string bound)
    {
        HttpResponseMessage answer = await Http.SendAsync(request);

        if (expected == HttpStatusCode.OK)
            Assert.Equal(expected, answer.StatusCode);
        else
            Assert.Contains(bound, (string)(await ProblemAsync(answer, expected))["detail"]!, StringComparison.Ordinal);
    }
}
