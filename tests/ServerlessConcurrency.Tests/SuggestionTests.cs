namespace ServerlessConcurrency.Tests;

public class SuggestionTests
{
    [Theory]
    [InlineData("Did you mean 'run'?", "rnu")]
    [InlineData("Did you mean 'sweep'?", "sweeep", "spec.json")]
    [InlineData("Did you mean '--rounds'?", "run", "--roundz", "3")]
    [InlineData("Did you mean '--warmup-rounds'?", "run", "--warmupRound=3")]
    [InlineData("Did you mean '--details'?", "show", "--detials")]
    [InlineData("Must be one of: 'csv' 'trace' 'json' 'parquet' 'openmetrics'", "export", "20260131-093000-k7qd", "--format", "xml")]
    [InlineData("Did you mean 'csv'?", "export", "20260131-093000-k7qd", "--format", "cvs")]
    [InlineData("unknown model 'thred', did you mean 'threads'?", "run", "--models", "thred")]
    [InlineData("unknown workload 'sah256', did you mean 'sha256'?", "run", "--workloads", "sah256:1:1")]
    [InlineData("unknown variable 'sise', did you mean 'size'?", "sweep", "--over", "sise", "--values", "1,2")]
    [InlineData("there is no experiment 20260131-093000-k7qe in this storage, did you mean '20260131-093000-k7qd'? 'sconc list' shows", "show", "20260131-093000-k7qe", "--connection", "none")]
    [InlineData("20260131-093000-k7qd has no experiment.json in results: its program ended as it began", "show", "20260131-093000-k7qd", "--connection", "none")]
    [InlineData("'20260131-093000-k7q' is not an experiment id, e.g. 20260131-093000-k7qd, did you mean '20260131-093000-k7qd'?", "show", "20260131-093000-k7q")]
    public async Task What_is_mistyped_is_told_with_what_was_meant(string expected, params string[] arguments)
    {
        using TemporaryFolder folder = WithResult();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("was not provided", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sconc swe", "sweep")]
    [InlineData("sconc run --round", "--rounds")]
    [InlineData("sconc run --models dur", "durable durable-batch")]
    [InlineData("sconc run --models durable,event", "durable,event-loop")]
    [InlineData("sconc run -w matm", "matmul:")]
    [InlineData("sconc sweep --over deg", "degree")]
    [InlineData("sconc claims --only C3,C12", "C3,C12")]
    [InlineData("sconc export --format tra", "trace")]
    [InlineData("sconc show 2026", "20260131-093000-k7qd")]
    [InlineData("sconc compare 2026", "20260131-093000-k7qd")]
    public async Task A_shell_that_asks_is_told_what_completes_a_word(string commandLine, string expected)
    {
        using TemporaryFolder folder = WithResult();

        (int exitCode, string output, _) = await Sconc.RunAsync(folder.Path, $"[suggest:{commandLine.Length}]", commandLine);

        Assert.Equal(0, exitCode);
        Assert.Equal(expected.Split(' '), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal));
    }

    private static TemporaryFolder WithResult()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "results", "20260131-093000-k7qd"));
        return folder;
    }
}
