using System.Text.RegularExpressions;
using ServerlessConcurrency.Infra.Tests.Bicep;
using YamlDotNet.RepresentationModel;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>The action that other repositories use, which GitHub alone can run.</summary>
public sealed partial class ActionTests
{
    private static readonly YamlNode Action = Yaml.Read("action.yml");

    private static IEnumerable<YamlMappingNode> Steps => ((YamlSequenceNode)Action["runs"]["steps"]).Cast<YamlMappingNode>();

    private static IEnumerable<YamlMappingNode> Scripts => Steps.Where(step => step.Children.ContainsKey("run"));

    [Fact]
    public void It_is_composite_and_only_the_spec_must_be_given()
    {
        Assert.Equal("composite", Action["runs"]["using"].ToString());
        var inputs = (YamlMappingNode)Action["inputs"];
        Assert.Equal(["spec", "assembly", "against", "baseline", "fail-above", "version", "token"], inputs.Select(input => input.Key.ToString()));
        Assert.All(inputs, input => Assert.NotEqual(
            ((YamlMappingNode)input.Value).Children.ContainsKey("default"), ((YamlMappingNode)input.Value).Children.ContainsKey("required")));
    }

    [Fact]
    public void Each_input_and_output_that_is_named_exists()
    {
        string text = Repository.Read("action.yml");
        string[] inputs = [.. ((YamlMappingNode)Action["inputs"]).Select(input => input.Key.ToString())];
        string[] written = [.. WrittenOutput().Matches(text).Select(match => match.Groups[1].Value)];

        Assert.Equal(inputs.Order(), Input().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order());
        Assert.All(Output().Matches(text), match => Assert.Contains(match.Groups[1].Value, written));
        Assert.Contains(Steps, step => step.Children.TryGetValue("id", out YamlNode? id) && id.ToString() == "run");
    }

    [Fact]
    public void Scripts_have_a_shell_and_take_no_text_from_outside_by_substitution()
    {
        Assert.NotEmpty(Scripts);
        Assert.All(Scripts, step =>
        {
            Assert.Equal("bash", step["shell"].ToString());
            Assert.DoesNotContain("${{", step["run"].ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_tool_is_installed_whatever_SDK_the_checkout_asks_for() => Assert.StartsWith(
        "cd \"$RUNNER_TEMP\"\n",
        Assert.Single(Scripts, step => step["run"].ToString().Contains("dotnet tool install", StringComparison.Ordinal))["run"].ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Each_variable_of_a_script_is_set()
    {
        foreach (YamlMappingNode step in Scripts)
        {
            string run = step["run"].ToString();
            IEnumerable<string> set = step.Children.TryGetValue("env", out YamlNode? env) ? ((YamlMappingNode)env).Select(pair => pair.Key.ToString()) : [];
            Assert.Empty(Variable().Matches(run).Select(match => match.Groups[1].Value)
                .Where(name => !name.StartsWith("GITHUB_", StringComparison.Ordinal) && name != "RUNNER_TEMP").Except(set));
        }
    }

    [Fact]
    public void What_was_found_is_shown_where_it_became_slower_too()
    {
        string[] always = [.. Scripts.Where(step => step["run"].ToString().Contains("GITHUB_STEP_SUMMARY", StringComparison.Ordinal)
            || step["run"].ToString().Contains("gh api", StringComparison.Ordinal)).Select(step => step["if"].ToString())];

        Assert.Equal(2, always.Length);
        Assert.All(always, condition => Assert.StartsWith("always() && ", condition, StringComparison.Ordinal));
    }

    [Fact]
    public void Actions_are_pinned_by_commit_and_name_their_version() => Assert.All(
        Repository.Read("action.yml").Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)),
        line => Assert.Matches(WorkflowTests.Pinned(), line));

    [GeneratedRegex(@"inputs\.([\w-]+)")]
    private static partial Regex Input();

    [GeneratedRegex(@"steps\.run\.outputs\.(\w+)")]
    private static partial Regex Output();

    [GeneratedRegex(@"echo ""(\w+)=.*>> ""\$GITHUB_OUTPUT""")]
    private static partial Regex WrittenOutput();

    [GeneratedRegex(@"\$\{?([A-Z_]+)")]
    private static partial Regex Variable();
}
