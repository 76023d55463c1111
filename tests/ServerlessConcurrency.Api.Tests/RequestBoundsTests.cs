using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

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

    [Theory(Timeout = Guard)]
    [InlineData(95, HttpStatusCode.OK)]
    [InlineData(200, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task A_header_that_is_there_many_times_counts_as_many(int times, HttpStatusCode expected)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.Address.Host, Server.Address.Port);
        await using NetworkStream stream = client.GetStream();
        string headers = string.Concat(Enumerable.Repeat("x-same: 1\r\n", times));

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/health HTTP/1.1\r\nHost: {Server.Address.Authority}\r\nConnection: close\r\n{headers}\r\n"));

        using var reader = new StreamReader(stream);
        Assert.Contains($" {(int)expected} ", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData("no request at all\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: HOST\r\nContent-Length: x\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/3.7\r\nHost: HOST\r\n\r\n", 505)]
    public async Task What_is_no_request_is_answered_by_a_problem_too(string sent, int expected)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.Address.Host, Server.Address.Port);
        await using NetworkStream stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(sent.Replace("HOST", Server.Address.Authority, StringComparison.Ordinal)));

        using var reader = new StreamReader(stream);
        string[] answer = (await reader.ReadToEndAsync()).Split("\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {expected} ", answer[0], StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", answer[0], StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {answer[1].Length}\r\n", answer[0], StringComparison.Ordinal);
        JsonNode problem = JsonNode.Parse(answer[1])!;
        Assert.Equal(expected, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["detail"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task An_answer_without_a_body_stays_without()
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, "nothing");
        HttpResponseMessage answer = await Http.SendAsync(head);
        Assert.Equal((404, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        // The connection can be used again.
        Assert.True((await Http.GetAsync("health")).IsSuccessStatusCode);
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
