using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Infra.Tests.Bicep;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>
/// The settings that the app reads, that the template sets, that the sample has and that the docs explain are the same. The app
/// is read as text: its packages need not be there.
/// </summary>
public sealed partial class SettingsTests
{
    // Set for the platform or for libraries, not read by this repository's code.
    private static readonly string[] OfThePlatform =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__queueServiceUri",
        "AzureWebJobsStorage__tableServiceUri", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "FUNCTIONS_EXTENSION_VERSION",
        "FUNCTIONS_WORKER_RUNTIME", "TASKHUB_NAME", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID",
        "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED",
    ];

    [Fact]
    public async Task What_the_app_reads_is_set_by_the_template_and_in_the_sample()
    {
        string[] template = await TemplateAsync();
        string[] sample = Sample();

        foreach (string name in ReadByApp())
        {
            Assert.Contains(template, known => known == name || known.StartsWith($"{name}__", StringComparison.Ordinal));
            // Only Azure has identities.
            if (name != "AZURE_CLIENT_ID")
                Assert.Contains(name, sample);
        }
    }

    [Fact]
    public async Task What_the_template_and_the_sample_set_is_read_by_the_app_the_host_or_the_platform()
    {
        string[] app = ReadByApp();
        string[] host = HostValues();

        Assert.All((await TemplateAsync()).Union(Sample()), name => Assert.True(
            app.Contains(name) || OfThePlatform.Contains(name) || host.Contains(name)
                || name is "AzureWebJobsStorage__blobServiceUri" or "AzureWebJobsStorage__clientId",
            $"{name} is set, but nobody reads it"));
    }

    [Fact]
    public async Task The_docs_explain_every_setting_and_no_other()
    {
        string[] documented = [.. Table(Repository.Read("docs", "deploy.md"), "## Settings")];

        Assert.Equal((await TemplateAsync()).Union(Sample()).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_docs_explain_what_the_sample_has() => Assert.Equal(
        Sample().Order(StringComparer.Ordinal),
        Table(Repository.Read("docs", "functions.md"), "## Settings").Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_template_and_the_sample_have_the_defaults_of_the_app()
    {
        IReadOnlyDictionary<string, string> template = (await Scenario.DeployAsync()).Settings;
        JsonObject sample = SampleValues();
        string options = Repository.Read("src", "ServerlessConcurrency.Durable", "FanOut", "FanOutOptions.cs");
        MatchCollection properties = OptionProperties().Matches(options);

        Assert.NotEmpty(properties);
        foreach (Match property in properties)
        {
            string name = $"FanOut__{property.Groups["name"].Value}";
            Assert.Equal(property.Groups["value"].Value, template[name]);
            Assert.Equal(property.Groups["value"].Value, (string)sample[name]!);
        }

        Assert.Equal((string)sample["StoragePrefix"]!, template["StoragePrefix"]);
    }

    // With every option on, so that nothing that depends on one is missing.
    private static async Task<string[]> TemplateAsync()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string plan in new[] { "FC1", "EP1" })
            foreach (string backend in Scenario.Backends)
            {
                Deployment deployment = await Scenario.DeployAsync(
                    plan, backend, vnet: true, "param otlpEndpoint = 'http://collector:4318'", "param placeholderDisabled = true");
                names.UnionWith(deployment.Settings.Keys);
            }

        return [.. names];
    }

    private static JsonObject SampleValues() => JsonNode.Parse(Repository.Read("local.settings.sample.json"))!["Values"]!.AsObject();

    private static string[] Sample() => [.. SampleValues().Select(pair => pair.Key)];

    private static string Functions(params string[] parts) => Repository.Read(["src", "ServerlessConcurrency.Functions", .. parts]);

    private static string[] ReadByApp()
    {
        string[] constants =
        [
            .. new[] { Functions("Hosting", "AppStorage.cs"), Functions("ServiceRegistration.cs") }
                .SelectMany(code => Constants().Matches(code))
                .Select(match => match.Groups["value"].Value),
        ];
        string section = Constants().Match(Functions("Hosting", "FanOutSettings.cs")).Groups["value"].Value;
        IEnumerable<string> options = OptionProperties().Matches(Repository.Read("src", "ServerlessConcurrency.Durable", "FanOut", "FanOutOptions.cs"))
            .Select(match => $"{section}__{match.Groups["name"].Value}");
        Assert.Contains("AzureWebJobsStorage", constants);
        Assert.Equal("FanOut", section);
        return [.. constants, .. options];
    }

    // Every value of host.json, as the setting that overrides it.
    private static string[] HostValues()
    {
        var names = new List<string>();
        Walk(JsonNode.Parse(Functions("host.json"))!, "AzureFunctionsJobHost");
        return [.. names];

        void Walk(JsonNode node, string path)
        {
            if (node is not JsonObject parts)
                names.Add(path);
            else
                foreach ((string name, JsonNode? part) in parts)
                    Walk(part!, $"{path}__{name}");
        }
    }

    // The names in the first column of the first table of a section.
    private static IEnumerable<string> Table(string document, string heading)
    {
        string section = document[document.IndexOf($"{heading}\n", StringComparison.Ordinal)..];
        return section.Split('\n')
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .SelectMany(line => NamesInCode().Matches(line.Split('|')[1]).Select(match => match.Groups["name"].Value));
    }

    [GeneratedRegex("""const string \w+ = "(?<value>\w+)";""")]
    private static partial Regex Constants();

    [GeneratedRegex(@"public \w+ (?<name>\w+) \{ get; init; \} = (?<value>[\d.]+);")]
    private static partial Regex OptionProperties();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex NamesInCode();
}
