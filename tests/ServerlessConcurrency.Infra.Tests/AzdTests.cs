using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServerlessConcurrency.Infra.Tests.Bicep;
using YamlDotNet.RepresentationModel;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>What azd needs to find, and what its hook prints.</summary>
public sealed partial class AzdTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_service_is_deployed_to_the_app_of_the_template()
    {
        YamlMappingNode services = (YamlMappingNode)Yaml.Read("azure.yaml")["services"];
        (YamlNode name, YamlNode service) = Assert.Single(services.Children);

        Assert.True(Directory.Exists(Repository.PathOf(service["project"].ToString())));
        Assert.Equal("function", service["host"].ToString());
        Assert.Equal(name.ToString(), (await Scenario.DeployAsync()).App.Text("tags.azd-service-name"));
    }

    [Theory]
    [InlineData("posix")]
    [InlineData("windows")]
    public async Task The_hook_is_there_and_uses_outputs_of_the_template(string system)
    {
        string hook = Yaml.Read("azure.yaml")["hooks"]["postprovision"][system]["run"].ToString();
        JsonObject outputs = (await Scenario.DeployAsync()).Outputs;

        string[] variables = [.. Variables().Matches(Repository.Read(hook)).Select(match => match.Value).Distinct()];

        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.Contains(variable, outputs.Select(output => output.Key)));
    }

    [Theory]
    [InlineData("FC1", false)]
    [InlineData("EP1", true)]
    public async Task The_hook_prints_the_endpoint_and_how_to_submit(string plan, bool needsPackage)
    {
        (int exitCode, string output) = await RunHookAsync(new Dictionary<string, string>
        {
            ["AZURE_RESOURCE_GROUP"] = "rg-test",
            ["AZURE_FUNCTION_APP_NAME"] = "func-test",
            ["AZURE_FUNCTION_APP_ENDPOINT"] = "https://func-test.azurewebsites.net",
            ["AZURE_FUNCTION_PLAN"] = plan,
            ["AZURE_STORAGE_ACCOUNT_NAME"] = "sttest",
        });

        Assert.Equal(0, exitCode);
        Assert.Contains("Endpoint: https://func-test.azurewebsites.net", output, StringComparison.Ordinal);
        Assert.Contains("submit --endpoint \"https://func-test.azurewebsites.net\"", output, StringComparison.Ordinal);
        Assert.Contains("az functionapp keys list --resource-group \"rg-test\" --name \"func-test\"", output, StringComparison.Ordinal);
        Assert.Equal(needsPackage, output.Contains("az storage blob upload --auth-mode login --account-name \"sttest\"", StringComparison.Ordinal));
        // https://learn.microsoft.com/azure/azure-functions/functions-deployment-technologies#trigger-syncing
        Assert.Equal(needsPackage, output.Contains(
            "az rest --method post --url \"/subscriptions/{subscriptionId}/resourceGroups/rg-test/providers/Microsoft.Web/sites/func-test/syncfunctiontriggers?",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_hook_says_what_is_missing()
    {
        (int exitCode, string output) = await RunHookAsync([]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("azd provision", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postprovision.sh")]
    [InlineData("postprovision.ps1")]
    public void Both_hooks_name_options_and_commands_that_exist(string hook)
    {
        string text = Repository.Read("infra", "hooks", hook);
        string submit = Repository.Read("src", "ServerlessConcurrency", "Commands", "SubmitCommand.cs");
        string endpoint = Repository.Read("src", "ServerlessConcurrency", "Submit", "ServerEndpoint.cs");

        Assert.Contains("-- submit --endpoint", text, StringComparison.Ordinal);
        Assert.Contains("\"--endpoint\"", submit, StringComparison.Ordinal);
        Assert.Contains("SCONC_KEY", text, StringComparison.Ordinal);
        Assert.Contains("\"SCONC_KEY\"", endpoint, StringComparison.Ordinal);
        Assert.Contains("dotnet run build.cs package", text, StringComparison.Ordinal);
        Assert.Contains("\"package\" => ", Repository.Read("build.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_parameter_files_set_every_parameter_from_the_same_variables_with_the_same_defaults()
    {
        (JsonNode? compiled, _) = await BicepServer.AskAsync(
            "bicep/compile", new JsonObject { ["path"] = Repository.PathOf("infra", "main.bicep") });
        JsonObject parameters = JsonNode.Parse((string)compiled!["contents"]!)!["parameters"]!.AsObject();
        JsonNode ofAzd = JsonNode.Parse(Repository.Read("infra", "main.parameters.json"))!["parameters"]!;
        Dictionary<string, (string Variable, string Default)> json = ofAzd.AsObject().ToDictionary(
            pair => pair.Key, pair => Split(AzdVariable().Match((string)pair.Value!["value"]!)));
        Dictionary<string, (string Variable, string Default)> bicep = BicepVariable().Matches(Repository.Read("infra", "azure-cli.bicepparam"))
            .ToDictionary(match => match.Groups["parameter"].Value, Split);

        Assert.Equal(parameters.Select(pair => pair.Key).Order(), bicep.Keys.Order());
        // azd asks for these two itself.
        json["environmentName"] = json["environmentName"] with { Default = bicep["environmentName"].Default };
        json["location"] = json["location"] with { Default = bicep["location"].Default };
        Assert.Equal(bicep.OrderBy(pair => pair.Key), json.OrderBy(pair => pair.Key));
        Assert.All(parameters.Where(pair => pair.Value!["defaultValue"] is not null), pair => Assert.Equal(
            pair.Value!["defaultValue"]!.ToString(), bicep[pair.Key].Default));

        static (string Variable, string Default) Split(Match match) => (match.Groups["variable"].Value, match.Groups["value"].Value);
    }

    [Fact]
    public void The_docs_list_every_parameter_with_its_variable()
    {
        string docs = Repository.Read("docs", "deploy.md");
        MatchCollection parameters = BicepVariable().Matches(Repository.Read("infra", "azure-cli.bicepparam"));

        Assert.NotEmpty(parameters);
        Assert.All(parameters, match => Assert.Contains(
            $"| `{match.Groups["parameter"].Value}` | `{match.Groups["variable"].Value}` |", docs, StringComparison.Ordinal));
    }

    // azd prefers main.bicepparam to main.bicep with main.parameters.json, and then neither asks for a region of the template's list nor tells who deploys:
    // https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/infra/provisioning/bicep/bicep_provider.go
    [Fact]
    public void Azd_finds_no_parameter_file_but_its_own()
    {
        string module = Yaml.Read("azure.yaml")["infra"]["module"].ToString();

        Assert.False(File.Exists(Repository.PathOf("infra", $"{module}.bicepparam")));
        Assert.True(File.Exists(Repository.PathOf("infra", $"{module}.parameters.json")));
    }

    // Without one, azd writes one into the project at the first deployment (dotnet user-secrets init).
    [Fact]
    public void The_project_has_an_id_for_the_secrets_that_azd_keeps() => Assert.NotEmpty(
        XDocument.Parse(Repository.Read("src", "ServerlessConcurrency.Functions", "ServerlessConcurrency.Functions.csproj"))
            .Descendants("UserSecretsId").Single().Value);

    [Theory]
    [InlineData("## With azd", "azd up")]
    [InlineData("## With the Azure CLI alone", "az deployment sub create")]
    public void The_provider_of_the_networks_delegation_is_registered_before_it_is_deployed(string heading, string deploy)
    {
        string docs = Repository.Read("docs", "deploy.md");
        string steps = docs[docs.IndexOf($"{heading}\n", StringComparison.Ordinal)..];
        int registered = steps.IndexOf("az provider register --namespace Microsoft.App --wait", StringComparison.Ordinal);

        Assert.InRange(registered, 0, steps.IndexOf(deploy, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output)> RunHookAsync(Dictionary<string, string> variables)
    {
        string hook = Repository.PathOf("infra", "hooks", OperatingSystem.IsWindows() ? "postprovision.ps1" : "postprovision.sh");
        string[] arguments = OperatingSystem.IsWindows() ? ["-NoProfile", "-File", hook] : [hook];
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "pwsh" : "sh", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AZURE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        return await start.RunAsync(variables, Patience);
    }

    [GeneratedRegex(@"AZURE_[A-Z_]+")]
    private static partial Regex Variables();

    [GeneratedRegex(@"\$\{(?<variable>\w+)(=(?<value>[^}]*))?\}")]
    private static partial Regex AzdVariable();

    [GeneratedRegex(@"param (?<parameter>\w+) = [^\n]*?readEnvironmentVariable\(\s*'(?<variable>\w+)',\s*'(?<value>[^']*)'")]
    private static partial Regex BicepVariable();
}
