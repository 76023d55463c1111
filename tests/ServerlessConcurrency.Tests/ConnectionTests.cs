using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public class ConnectionTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private const string Variable = "SCONC_CONNECTION";
    private const string Unreachable =
        "AccountName=account;AccountKey=c2VjcmV0;TableEndpoint=http://127.0.0.1:1/account;BlobEndpoint=http://127.0.0.1:1/account;QueueEndpoint=http://127.0.0.1:1/account";

    [Fact]
    public async Task A_key_on_the_command_line_is_warned_of_and_one_in_the_environment_is_not()
    {
        using var folder = new TemporaryFolder();
        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "list", "--patience", "0", "--connection", Unreachable);
        (int other, _, string otherError) = await Sconc.RunAsync(folder.Path, (Variable, Unreachable), "list", "--patience", "0");

        Assert.Equal((3, 3), (exitCode, other));
        Assert.StartsWith($"Other users of this machine see the key in --connection in the list of processes: put the connection into the environment variable {Variable} instead.\nerror: storage at http://127.0.0.1:1 ", error, StringComparison.Ordinal);
        Assert.StartsWith("error: storage at http://127.0.0.1:1 did not answer", otherError, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "InvalidInput")]
    [InlineData(404, "ResourceNotFound")]
    [InlineData(405, "UnsupportedHttpVerb")]
    [InlineData(409, "AccountBeingCreated")]
    [InlineData(412, "ConditionNotMet")]
    [InlineData(413, "RequestBodyTooLarge")]
    public async Task What_the_storage_refuses_is_one_line_and_exit_code_3(int status, string code)
    {
        await using StubServer refusing = await StubServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["x-ms-request-id"] = "1";
            context.Response.Headers["x-ms-error-code"] = code;
            return context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>one\ntwo</Message></Error>");
        });
        string connection = Unreachable.Replace("http://127.0.0.1:1", refusing.Address, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, (Variable, connection), "list");

        Assert.True(exitCode == 3, error);
        Assert.Contains($"{status} {code}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_option_counts_more_than_the_variable()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, (Variable, Unreachable), "list", "--connection", "none");

        Assert.True(exitCode == 0, error);
    }

    [LinuxTheory]
    [InlineData("run", "--connection", null)]
    [InlineData("run", "--connection=", null)]
    [InlineData("sweep", "--connection", "--over,cores,--values,1,2")]
    public async Task No_child_has_the_connection_on_its_command_line(string command, string option, string? more)
    {
        // A machine with a single processor has no second value.
        if (command == "sweep" && Environment.ProcessorCount == 1)
            return;
        using var folder = new TemporaryFolder();
        string[] connection = option.EndsWith('=') ? [option + storage.ConnectionString] : [option, storage.ConnectionString];
        using Sconc sconc = Sconc.Start(
            folder.Path,
            [command, .. connection, .. more is null ? ["--cores", "1"] : more.Split(',', 4), "-w", "delay:20:40", "-m", "sequential,queue", "--degree", "1", "--rounds", "1000", "--warmup-rounds", "0"]);
        await Eventually.True(() => sconc.HasExited || sconc.Descendants().Count >= 2, "the pinned program and its worker run");

        Assert.False(sconc.HasExited, sconc.Error);
        Assert.All(sconc.Descendants(), child => Assert.DoesNotContain("AccountKey", child.CommandLine, StringComparison.Ordinal));
        sconc.Signal("TERM");
        Assert.Equal(130, await sconc.WaitAsync());
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".azurite")));
    }
}
