using System.Net;

namespace ServerlessConcurrency.Api.Tests;

public sealed class LoopbackGuardTests : ApiTest
{
    [Theory(Timeout = Guard)]
    [InlineData("evil.example")]
    [InlineData("evil.example:7171")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("192.168.0.7")]
    public async Task A_request_under_another_name_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health");
        request.Headers.Host = host;

        await ProblemAsync(await Http.SendAsync(request), HttpStatusCode.Forbidden);
    }

    [Theory(Timeout = Guard)]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:7171")]
    public async Task The_names_of_this_machine_are_served(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health");
        request.Headers.Host = host;

        Assert.Equal(HttpStatusCode.OK, (await Http.SendAsync(request)).StatusCode);
    }

    [Theory(Timeout = Guard)]
    [InlineData("POST", "experiments")]
    [InlineData("POST", "experiments/20260131-093000-k7qd/cancel")]
    [InlineData("DELETE", "experiments/20260131-093000-k7qd")]
    public async Task A_page_of_another_origin_changes_nothing(string method, string route)
    {
        foreach (string origin in new[] { "https://evil.example", "null", "http://127.0.0.1:1" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), route) { Content = Json(SmallSpec) };
            request.Headers.Add("Origin", origin);

            await ProblemAsync(await Http.SendAsync(request), HttpStatusCode.Forbidden);
        }

        Assert.Empty(Engine.Calls);
    }

    [Fact(Timeout = Guard)]
    public async Task A_page_of_the_server_itself_may_start_experiments()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "experiments") { Content = Json(SmallSpec) };
        request.Headers.Add("Origin", Server.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(HttpStatusCode.Accepted, (await Http.SendAsync(request)).StatusCode);
    }

    [Fact(Timeout = Guard)]
    public async Task No_other_origin_may_read_an_answer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health");
        request.Headers.Add("Origin", "https://evil.example");

        HttpResponseMessage response = await Http.SendAsync(request);

        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }
}
