using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Infra.Tests.Bicep;
using YamlDotNet.RepresentationModel;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>What GitHub runs.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] Workflows = ["ci.yml", "codeql.yml", "release.yml", "what-if.yml"];

    public static TheoryData<string> All() => [.. Workflows];

    [Fact]
    public void Every_workflow_is_known_to_these_tests() => Assert.Equal(
        Workflows,
        Directory.EnumerateFiles(Repository.PathOf(".github", "workflows")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void Actions_are_pinned_by_commit_and_name_their_version(string workflow)
    {
        string[] lines = Repository.Read(".github", "workflows", workflow).Split('\n');
        string[] uses = [.. lines.Where(line => line.Contains("uses:", StringComparison.Ordinal))];

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_workflow_may_only_read_unless_a_job_says_more(string workflow)
    {
        YamlNode root = Yaml.Read(".github", "workflows", workflow);

        Assert.Equal("contents: read", string.Join(", ", ((YamlMappingNode)root["permissions"]).Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.All(((YamlMappingNode)root["jobs"]).Children.Values, job => Assert.True(
            int.Parse(job["timeout-minutes"].ToString(), System.Globalization.CultureInfo.InvariantCulture) <= 60));
    }

    [Fact]
    public void Tests_run_on_three_systems_and_the_app_on_real_hosts()
    {
        YamlNode jobs = Yaml.Read(".github", "workflows", "ci.yml")["jobs"];

        Assert.Equal(
            ["ubuntu-latest", "windows-latest", "macos-latest"],
            ((YamlSequenceNode)jobs["test"]["strategy"]["matrix"]["os"]).Select(node => node.ToString()));
        Assert.Contains("dotnet run build.cs test", Runs(jobs["test"]));
        Assert.Contains("dotnet run build.cs test --coverage", Runs(jobs["coverage"]));
        Assert.Contains("dotnet run build.cs format", Runs(jobs["format"]));
        Assert.Contains("dotnet run build.cs e2e", Runs(jobs["e2e"]));
        Assert.Contains("dotnet run build.cs pack", Runs(jobs["pack"]));
        string build = Repository.Read("build.cs");
        Assert.All(new[] { "test", "format", "e2e", "pack" }, command => Assert.Contains($"\"{command}\" => ", build, StringComparison.Ordinal));
    }

    // Before "--" dotnet run takes a property for the build of build.cs itself.
    [Theory]
    [InlineData("pack")]
    [InlineData("sbom")]
    public void A_release_is_packed_and_listed_in_its_version(string command)
    {
        Assert.Contains(
            $"dotnet run build.cs {command} -- \"--property:Version=${{GITHUB_REF_NAME#v}}\"",
            Runs(Yaml.Read(".github", "workflows", "release.yml")["jobs"]["release"]));
        Assert.Matches($"\n *{command} .*; -- --property:Version=V\n", Repository.Read("build.cs"));
    }

    [Fact]
    public void What_if_runs_on_demand_and_signs_in_without_a_secret()
    {
        string text = Repository.Read(".github", "workflows", "what-if.yml");
        YamlNode root = Yaml.Read(".github", "workflows", "what-if.yml");

        Assert.Equal(["workflow_dispatch"], ((YamlMappingNode)root["on"]).Select(pair => pair.Key.ToString()));
        Assert.Equal("write", root["jobs"]["what-if"]["permissions"]["id-token"].ToString());
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.Contains("--parameters infra/azure-cli.bicepparam", text, StringComparison.Ordinal);
        string parameters = Repository.Read("infra", "azure-cli.bicepparam");
        YamlNode step = ((YamlSequenceNode)root["jobs"]["what-if"]["steps"]).Children[^1];
        Assert.All((YamlMappingNode)step["env"], pair => Assert.Contains($"'{pair.Key}'", parameters, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Scripts_take_no_text_from_outside_by_substitution(string workflow)
    {
        foreach (YamlNode job in ((YamlMappingNode)Yaml.Read(".github", "workflows", workflow)["jobs"]).Children.Values)
            Assert.All(Runs(job), run => Assert.DoesNotContain("${{", run, StringComparison.Ordinal));
    }

    [Fact]
    public void Dependabot_watches_nuget_npm_and_actions() => Assert.Equal(
        ["github-actions", "npm", "nuget"],
        ((YamlSequenceNode)Yaml.Read(".github", "dependabot.yml")["updates"])
            .Select(update => update["package-ecosystem"].ToString())
            .Order(StringComparer.Ordinal));

    private static string[] Runs(YamlNode job) =>
    [
        .. ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>()
            .Where(step => step.Children.ContainsKey("run"))
            .Select(step => step["run"].ToString()),
    ];

    // In containerEnv it stays as it is written, so that the container finds no program: https://code.visualstudio.com/remote/advancedcontainers/environment-variables
    [Fact]
    public void The_dev_container_adds_to_its_path_where_that_is_known()
    {
        JsonNode container = JsonNode.Parse(
            Repository.Read(".devcontainer", "devcontainer.json"), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;

        Assert.DoesNotContain("${containerEnv:", container["containerEnv"]?.ToJsonString() ?? "", StringComparison.Ordinal);
        Assert.EndsWith("/node_modules/.bin:${containerEnv:PATH}", (string)container["remoteEnv"]!["PATH"]!, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    internal static partial Regex Pinned();
}
