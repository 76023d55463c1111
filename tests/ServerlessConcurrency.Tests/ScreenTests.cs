using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Tests;

/// <summary>What a terminal of 80 columns shows, which is what the variable COLUMNS asks for where there is none.</summary>
public class ScreenTests
{
    private const int Width = 80;
    private static readonly string[] None = ["--connection", "none"];
    private static readonly string[] Small = ["-w", "primes:100:8,delay:1:8", "--degree", "1", "-r", "6", "--min-run-ms", "0", "--name", "a name of several words that does not fit beside its id", .. None];

    public static TheoryData<string> Commands =>
        ["", "run", "resume", "sweep", "claims", "serve", "submit", "list", "show", "report", "export", "compare", "schema", "delete", "clean", "prices"];

    [Fact]
    public async Task An_experiment_is_listed_shown_and_compared_within_the_width_and_its_id_is_never_broken()
    {
        using var folder = new TemporaryFolder();
        string run = await ShowAsync(folder, ["run", .. Small]);
        string first = Path.GetFileName(Directory.GetDirectories(Path.Combine(folder.Path, "results")).Single());
        string[] ids = [first, CopyOf(folder, first)];

        string list = await ShowAsync(folder, ["list", .. None]);
        string compared = await ShowAsync(folder, ["compare", ids[0], ids[1], .. None]);

        Assert.Contains($"results/{first}/", run, StringComparison.Ordinal);
        foreach (string id in ids)
        {
            Assert.Contains(id, list, StringComparison.Ordinal);
            Assert.Contains(id, compared, StringComparison.Ordinal);
            Assert.Contains(id, await ShowAsync(folder, ["show", id, "--details", .. None]), StringComparison.Ordinal);
        }

        Assert.Contains("thread-pool", compared, StringComparison.Ordinal);
        Assert.Matches("(?m)^ thread-pool .*(faster|slower|no difference|inconclusive)", run);
    }

    [Fact]
    public async Task Models_of_a_sweep_that_do_not_fit_beside_the_others_stand_below_them()
    {
        using var folder = new TemporaryFolder();

        string sweep = await ShowAsync(folder, ["sweep", "-w", "primes:1:8", "-r", "1", "--min-run-ms", "0", "--over", "size", "--values", "100,200", .. None]);

        Assert.Matches("(?m)^ +size +sequential +threads .*\\n(.*\\n)+? +size .*processes", sweep);
    }

    [Fact]
    public async Task Claims_keep_their_indentation()
    {
        using var folder = new TemporaryFolder();
        const string id = "20260131-093000-c1ms";
        string sentence = "The event loop switched 0.8 % (0.4 to 1.6) as often as threads, for as many tasks, and a line is shorter than that.";
        string results = Directory.CreateDirectory(Path.Combine(folder.Path, "results", id)).FullName;
        await File.WriteAllTextAsync(Path.Combine(results, "experiment.json"), JsonSerializer.Serialize<MeasurementDocument>(Claims(id, sentence), ExperimentJson.Indented));

        string shown = await ShowAsync(folder, ["show", id, .. None]);

        Assert.Contains("holds: every condition is met", shown, StringComparison.Ordinal);
        string[] lines = [.. shown.Split('\n').SkipWhile(line => !line.StartsWith("  .NET", StringComparison.Ordinal)).TakeWhile(line => !line.Contains("CPython", StringComparison.Ordinal)).Select(line => line.TrimEnd())];
        int indentation = lines[0].IndexOf("The event", StringComparison.Ordinal);
        Assert.InRange(indentation, 1, Width / 2);
        Assert.True(lines.Length > 1);
        Assert.All(lines[1..], line => Assert.Equal(indentation, line.Length - line.TrimStart().Length));
        Assert.Equal(sentence, string.Join(' ', lines.Select(line => line[indentation..])));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_has_examples_and_where_work_is_named_models_and_workloads(string command)
    {
        using var folder = new TemporaryFolder();

        string help = await ShowAsync(folder, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Contains($"Examples:\n  sconc{(command.Length > 0 ? " " : "")}{command}", help, StringComparison.Ordinal);
        Assert.Equal(command is not ("submit" or "prices"), help.Contains("--connection", StringComparison.Ordinal));
        if (command.Length == 0)
            Assert.Equal(Commands.Cast<object>().Count() - 1, help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split("\n\n")[0].Split('\n').Count(line => Regex.IsMatch(line, "^  [a-z]")));
        Assert.DoesNotMatch("--[a-z-]+ <[a-z]", help);
        bool namesWork = command is "run" or "sweep" or "submit";
        Assert.Equal(namesWork, help.Contains("\nModels:\n  sequential, threads, ", StringComparison.Ordinal));
        Assert.Equal(namesWork, help.Contains("\n  primes  ", StringComparison.Ordinal));
    }

    // The id of a second experiment: the same under another one.
    private static string CopyOf(TemporaryFolder folder, string id)
    {
        string other = id[..^4] + "c0py";
        string results = Path.Combine(folder.Path, "results");
        Directory.CreateDirectory(Path.Combine(results, other));
        string document = File.ReadAllText(Path.Combine(results, id, "experiment.json"));
        File.WriteAllText(Path.Combine(results, other, "experiment.json"), document.Replace(id, other, StringComparison.Ordinal));
        return other;
    }

    private static ClaimsDocument Claims(string id, string sentence)
    {
        ClaimCriterion criterion = ClaimCriterion.Always("it happens", 6, 6) with { Sentence = sentence };
        ClaimEvidence evidence = ClaimEvidence.Decide([criterion], []);
        return new ClaimsDocument
        {
            Id = id,
            Status = ExperimentStatus.Completed,
            StartedAt = DateTimeOffset.UnixEpoch,
            Spec = new ClaimsSpec { Only = ["C6"] },
            Environment = new EnvironmentInfo("", "", 2, "", EngineNames.Local),
            Progress = new ExperimentProgress(1, 1, null),
            Claims = [new ClaimResult("C6", "An event loop runs many I/O-bound tasks on one thread with fewer context switches than threads", evidence, evidence)],
        };
    }

    /// <returns>What is shown, none of whose lines is wider than the terminal.</returns>
    private static async Task<string> ShowAsync(TemporaryFolder folder, string[] arguments)
    {
        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, ("COLUMNS", $"{Width}"), arguments);
        Assert.True(exitCode == 0, error);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, Width));
        return output;
    }
}
