using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace ServerlessConcurrency.Tests;

/// <summary>What other programs build on: the schemas of documents, and Markdown for CI.</summary>
public sealed partial class SchemaTests
{
    [Fact]
    public async Task Documents_are_as_their_schemas_say_and_the_summary_has_their_answers()
    {
        using var folder = new TemporaryFolder();
        string[] small = ["-w", "primes:100:4", "-m", "sequential,threads", "-r", "1", "--min-run-ms", "0", "--connection", "none", "--summary", "summary.md"];

        string experiment = await PrintedAsync(folder, ["run", .. small, "--json"]);
        string sweep = await PrintedAsync(folder, ["sweep", .. small, "--over", "tasks", "--values", "1,2", "--json"]);

        await AssertTakesAsync(folder, "experiment", experiment);
        await AssertTakesAsync(folder, "sweep", sweep);
        string summary = await File.ReadAllTextAsync(Path.Combine(folder.Path, "summary.md"));
        Assert.Matches("(?s)^### experiment\n.*\n- primes 100: No recommendation.*\n\\| sequential .*\n\n### experiment", summary);
    }

    [Fact]
    public async Task The_schema_of_a_spec_takes_what_runs_names_workloads_and_refuses_mistakes()
    {
        using var folder = new TemporaryFolder();
        JsonNode schema = JsonNode.Parse(await PrintedAsync(folder, ["schema", "spec"]))!;

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string)schema["$schema"]!);
        Assert.Contains("blob", schema["$defs"]!["Workload"]!["properties"]!["kind"]!["examples"]!.AsArray().Select(kind => (string)kind!));
        foreach ((string spec, bool isTaken) in new[]
        {
            ("""{ "$schema": "spec.schema.json", "workloads": [ { "kind": "primes", "size": 100, "tasks": 4 } ], "models": [ "durable" ] }""", true),
            ("""{ "workloads": [ { "kind": "primes", "size": 100, "tasks": 4 } ], "models": [ "fibers" ] }""", false),
            ("""{ "workloads": [ { "kind": "primes", "size": 100 } ] }""", false),
            ("""{ "kind": "claims", "only": [ "C3" ] }""", true),
        })
            Assert.Equal(isTaken, IsTaken(schema.ToJsonString(), spec));
    }

    [Fact]
    public async Task The_spec_of_a_new_program_names_the_schema_that_stands_beside_it_and_keeps_to_it()
    {
        using var folder = new TemporaryFolder();
        string spec = Repository.Read("templates", "sconc", "spec.json");

        string beside = Repository.Read("templates", "sconc", (string)JsonNode.Parse(spec)!["$schema"]!);

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(await PrintedAsync(folder, ["schema", "spec"])), JsonNode.Parse(beside)),
            "templates/sconc/spec.schema.json is not what the program publishes: sconc schema spec > templates/sconc/spec.schema.json");
        Assert.True(IsTaken(beside, spec));
        Assert.False(IsTaken(beside, spec.Replace("\"tasks\"", "\"task\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_option_that_the_action_gives_exists()
    {
        using var folder = new TemporaryFolder();
        string action = Repository.Read("action.yml");

        string[] commands = [.. Command().Matches(action).Select(match => match.Groups[1].Value).Distinct()];

        Assert.Equal(["run", "compare"], commands);
        foreach (string command in commands)
        {
            string help = await PrintedAsync(folder, [command, "--help"]);
            string line = Assert.Single(action.Split('\n'), line => line.Contains($"sconc {command} ", StringComparison.Ordinal));
            Assert.All(Option().Matches(line), option => Assert.Contains($" {option.Value} ", help.Replace(',', ' '), StringComparison.Ordinal));
        }
    }

    private static async Task AssertTakesAsync(TemporaryFolder folder, string document, string json) =>
        Assert.True(IsTaken(await PrintedAsync(folder, ["schema", document]), json), json);

    private static bool IsTaken(string schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSchema.FromText(schema).Evaluate(document.RootElement).IsValid;
    }

    private static async Task<string> PrintedAsync(TemporaryFolder folder, string[] arguments)
    {
        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    [GeneratedRegex(@"sconc (\w+) ""\$")]
    private static partial Regex Command();

    [GeneratedRegex(@"--[a-z][a-z-]+")]
    private static partial Regex Option();
}
