using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Api.Tests;

public sealed partial class RequestBoundsTests : ApiTest
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
    [InlineData("GET /api/health?", 600_000, 1, 414, "8,192")]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: HOST\r\nx: ", 600_000, 1, 431, "32,768")]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: HOST", 2, 3_000, 431, "at most 100 headers")]
    public async Task What_the_server_refuses_before_it_is_read_is_told_with_its_bound_too(string begin, int characters, int times, int expected, string bound)
    {
        string more = string.Concat(Enumerable.Repeat($"{(times > 1 ? "\r\ny: " : "")}{new string('x', characters)}", times));

        (string head, JsonNode problem) = await SendAsync(begin + more + "\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {expected} ", head, StringComparison.Ordinal);
        Assert.Contains(bound, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task A_body_that_stops_is_told_in_words_of_this_API()
    {
        (string head, JsonNode problem) = await SendAsync("POST /api/experiments HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 408 ", head, StringComparison.Ordinal);
        Assert.Equal("the request did not arrive in time: it stopped, or came very slowly", (string)problem["detail"]!);
    }

    [Theory(Timeout = Guard)]
    [InlineData("no request at all\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: HOST\r\nContent-Length: x\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/3.7\r\nHost: HOST\r\n\r\n", 505)]
    public async Task What_is_no_request_is_answered_by_a_problem_too(string sent, int expected)
    {
        (string head, JsonNode problem) = await SendAsync(sent);

        Assert.StartsWith($"HTTP/1.1 {expected} ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", head, StringComparison.Ordinal);
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

    private async Task<(string Head, JsonNode Problem)> SendAsync(string sent)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.Address.Host, Server.Address.Port);
        await using NetworkStream stream = client.GetStream();
        byte[] bytes = Encoding.ASCII.GetBytes(sent.Replace("HOST", Server.Address.Authority, StringComparison.Ordinal));
        // It need not read all before it answers.
        Task write = stream.WriteAsync(bytes).AsTask();
        byte[] answer = new byte[16 * 1024];
        int read = 0;
        int begin = -1;
        int end = int.MaxValue;
        while (read < end && await stream.ReadAsync(answer.AsMemory(read)) is > 0 and int more)
        {
            read += more;
            string text = Encoding.ASCII.GetString(answer, 0, read);
            begin = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            // What has no length ends with the connection.
            if (begin > 4 && ContentLength().Match(text) is { Success: true } length)
                end = begin + int.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        await write;
        return (Encoding.ASCII.GetString(answer, 0, begin - 2), JsonNode.Parse(JsonText().Match(Encoding.ASCII.GetString(answer, begin, read - begin)).Value)!);
    }

    private async Task AnswersAsync(HttpRequestMessage request, HttpStatusCode expected, string bound)
    {
        HttpResponseMessage answer = await Http.SendAsync(request);

        if (expected == HttpStatusCode.OK)
            Assert.Equal(expected, answer.StatusCode);
        else
            Assert.Contains(bound, (string)(await ProblemAsync(answer, expected))["detail"]!, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\r\nContent-Length: (\d+)\r\n")]
    private static partial Regex ContentLength();

    // Without the lengths of chunks.
    [GeneratedRegex("{.*}", RegexOptions.Singleline)]
    private static partial Regex JsonText();
}
