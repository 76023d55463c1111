using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Api.Tests;

public sealed class DashboardTests : ApiTest
{
    [Theory(Timeout = Guard)]
    [InlineData("")]
    [InlineData("api/dashboard/")]
    public async Task The_root_and_an_address_with_a_slash_lead_to_the_dashboard(string path)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var address = new Uri(Server.Address, path);

        HttpResponseMessage response = await http.GetAsync(address);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/api/dashboard", new Uri(address, response.Headers.Location!).AbsolutePath);
    }

    [Fact(Timeout = Guard)]
    public async Task Its_policy_lets_in_its_own_script_and_style_and_nothing_else()
    {
        HttpResponseMessage response = await Http.GetAsync("dashboard");

        string page = await response.Content.ReadAsStringAsync();
        string[] policy = response.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains($"script-src '{HashOf(page, "script type=\"module\"")}'", policy);
        Assert.Contains($"style-src '{HashOf(page, "style")}'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact(Timeout = Guard)]
    public async Task It_is_one_file_without_handlers_and_styles_in_attributes_and_puts_in_nothing_as_markup()
    {
        string page = await Http.GetStringAsync("dashboard");

        string markup = Regex.Replace(page, "<(script|style).*?</\\1>", "", RegexOptions.Singleline);
        Assert.DoesNotMatch("<[^>]+\\s(on[a-z]+|style|src)\\s*=", markup);
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b|new Function", page);
        Assert.Equal(
            ["http://www.w3.org/2000/svg"], Regex.Matches(page, "https?://[^'\"\\s%]+").Select(address => address.Value).Distinct());
    }

    [Fact(Timeout = Guard)]
    public async Task It_is_there_without_storage()
    {
        Store.IsDown = true;

        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync("dashboard")).StatusCode);
    }

    private static string HashOf(string page, string element)
    {
        string content = Regex.Match(page, $"<{element}>(.*?)</{element.Split(' ')[0]}>", RegexOptions.Singleline).Groups[1].Value;
        Assert.NotEmpty(content);
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";
    }
}
