using Microsoft.AspNetCore.Http;

namespace ServerlessConcurrency.Tests;

public class SubmitAnswersTests
{
    private const string Key = "a-secret-key";

    [Theory]
    [InlineData(401, Key, "does not accept the key of --key")]
    [InlineData(403, Key, "does not accept the key of --key")]
    [InlineData(401, null, "give a function key of the app with --key")]
    public async Task A_key_that_is_missing_or_wrong_is_bad_input_that_names_the_option_and_not_the_key(int status, string? key, string advice)
    {
        await using StubServer server = await StubServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        (int exitCode, string error) = await SubmitAsync(server.Address, [.. key is null ? Array.Empty<string>() : ["--key", key]]);

        Assert.Equal(2, exitCode);
        Assert.Contains($"answered {status}", error, StringComparison.Ordinal);
        Assert.Contains(advice, error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_key_goes_into_its_header_from_the_option_or_from_the_environment(bool option)
    {
        string? sent = null;
        await using StubServer server = await StubServer.StartAsync(context =>
        {
            sent = context.Request.Headers["x-functions-key"];
            return StubServer.ProblemAsync(context, 404, """{ "detail": "nothing here" }""");
        });
        using var folder = new TemporaryFolder();
        string[] arguments = ["submit", "--endpoint", server.Address];

        (int exitCode, _, string error) = await (option
            ? Sconc.RunAsync(folder.Path, [.. arguments, "--key", Key])
            : Sconc.RunAsync(folder.Path, ("SCONC_KEY", Key), arguments));

        Assert.Equal(2, exitCode);
        Assert.Equal(Key, sent);
        Assert.Equal(option, error.Contains("SCONC_KEY instead", StringComparison.Ordinal));
        Assert.DoesNotContain(Key, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_not_sent_over_http_to_another_machine()
    {
        (int exitCode, string error) = await SubmitAsync("http://example.invalid", "--key", Key);

        Assert.Equal(2, exitCode);
        Assert.Contains("use https", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task What_may_pass_is_tried_again_under_the_same_id(int status)
    {
        var ids = new List<string>();
        await using StubServer server = await StubServer.StartAsync(context =>
        {
            ids.Add(context.Request.Headers["Experiment-Id"]!);
            context.Response.Headers.RetryAfter = "1";
            return StubServer.ProblemAsync(
                context,
                ids.Count < 3 ? status : 400,
                """{ "detail": "later", "errors": [ { "field": "rounds", "message": "are too many" } ] }""");
        });

        (int exitCode, string error) = await SubmitAsync(server.Address);

        Assert.Equal(2, exitCode);
        Assert.Equal(3, ids.Count);
        Assert.Single(ids.Distinct());
        Assert.Contains($"answered {status}", error, StringComparison.Ordinal);
        Assert.Contains("trying again", error, StringComparison.Ordinal);
        Assert.EndsWith("error: the built-in experiment: rounds: are too many\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_asks_for_more_patience_than_there_is_is_given_up_at_once()
    {
        int requests = 0;
        await using StubServer server = await StubServer.StartAsync(context =>
        {
            requests++;
            context.Response.Headers.RetryAfter = "3600";
            return StubServer.ProblemAsync(context, 429, """{ "detail": "100 experiments are waiting" }""");
        });

        (int exitCode, string error) = await SubmitAsync(server.Address);

        Assert.Equal(1, exitCode);
        Assert.Equal(1, requests);
        Assert.Contains("100 experiments are waiting", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "[1]")]
    [InlineData(202, """{ "id": "../../etc" }""")]
    [InlineData(404, "<html>")]
    public async Task An_endpoint_that_is_something_else_is_bad_input(int status, string body)
    {
        await using StubServer server = await StubServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });

        (int exitCode, string error) = await SubmitAsync(server.Address);

        Assert.Equal(2, exitCode);
        Assert.Contains("--endpoint", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        int requests = 0;
        await using StubServer server = await StubServer.StartAsync(context =>
        {
            requests++;
            context.Response.Redirect("https://elsewhere.invalid/api/experiments", permanent: true);
            return Task.CompletedTask;
        });

        (int exitCode, string error) = await SubmitAsync(server.Address, "--key", Key);

        Assert.Equal(2, exitCode);
        Assert.Equal(1, requests);
        Assert.Contains("https://elsewhere.invalid", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_that_names_it()
    {
        (int exitCode, string error) = await SubmitAsync("http://127.0.0.1:9", "--patience", "0.5");

        Assert.Equal(1, exitCode);
        Assert.Contains("http://127.0.0.1:9 does not answer", error, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("still be there", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--endpoint", "somewhere")]
    [InlineData("--endpoint", "ftp://127.0.0.1/")]
    [InlineData("--endpoint", "https://name.example/?code=abc")]
    [InlineData("--patience", "-1")]
    [InlineData("--id", "x")]
    [InlineData("--key", "two words")]
    [InlineData("--key", "")]
    public async Task An_option_that_cannot_be_used_is_bad_input(string option, string value)
    {
        string[] endpoint = option == "--endpoint" ? [] : ["--endpoint", "http://127.0.0.1:9"];
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, ["submit", .. endpoint, $"{option}={value}"]);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:secret@127.0.0.1:1", "give only the server's address, e.g. http://127.0.0.1:1; a key goes into --key")]
    [InlineData("ftp://user:secret@127.0.0.1:1", "it is not a URL, e.g. ")]
    public async Task A_password_in_the_endpoint_is_not_shown(string endpoint, string expected)
    {
        (int exitCode, string error) = await SubmitAsync(endpoint);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Error)> SubmitAsync(string endpoint, params string[] more)
    {
        using var folder = new TemporaryFolder();
        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, ["submit", "--endpoint", endpoint, .. more]);
        Assert.Empty(output);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        return (exitCode, error);
    }
}
