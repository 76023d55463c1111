using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Infra.Tests.Bicep;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>The Bicep files themselves.</summary>
public sealed partial class TemplateTests
{
    private static readonly Lazy<Task<string>> Compiled = new(async () => (string)(await CompileAsync("bicep/compile", Repository.PathOf("infra", "main.bicep")))["contents"]!);

    [Theory]
    [InlineData("bicep/compile", "main.bicep")]
    [InlineData("bicep/compileParams", "azure-cli.bicepparam")]
    public async Task Compiler_and_linter_find_nothing(string method, string file)
    {
        JsonNode compiled = await CompileAsync(method, Repository.PathOf("infra", file));

        Assert.Empty(compiled["diagnostics"]!.AsArray());
        Assert.True((bool)compiled["success"]!);
    }

    [Fact]
    public void Every_linter_rule_is_an_error()
    {
        JsonNode core = JsonNode.Parse(Repository.Read("infra", "bicepconfig.json"))!["analyzers"]!["core"]!;
        JsonObject rules = core["rules"]!.AsObject();

        Assert.True((bool)core["enabled"]!);
        Assert.All(rules, rule => Assert.Equal("error", (string)rule.Value!["level"]!));
        // As many as Bicep 0.49 has.
        Assert.True(rules.Count >= 53, $"only {rules.Count} rules are set");
    }

    [Fact]
    public async Task A_rule_that_is_off_by_default_fails_the_build()
    {
        using var copy = new InfraCopy();
        string file = copy.PathOf("undescribed.bicep");
        await File.WriteAllTextAsync(file, "param name string\noutput name string = name\n");

        JsonNode compiled = await CompileAsync("bicep/compile", file);

        Assert.False((bool)compiled["success"]!);
        Assert.Contains(("Error", "use-description-params"), compiled["diagnostics"]!.AsArray().Select(one => ((string)one!["level"]!, (string)one["code"]!)));
    }

    [Fact]
    public void What_is_exempt_from_a_rule_says_why()
    {
        string[] exempt =
        [
            .. BicepFiles().SelectMany(File.ReadAllLines).Where(line => line.Contains("#disable", StringComparison.Ordinal)),
        ];

        Assert.NotEmpty(exempt);
        Assert.All(exempt, line => Assert.Matches(@"#disable-next-line [\w-]+ // \w.{10,}\.$", line));
    }

    [Fact]
    public void No_module_comes_from_a_registry() => Assert.All(
        BicepFiles(),
        file => Assert.DoesNotMatch(@"'(br|ts)[:/]", File.ReadAllText(file)));

    [Fact]
    public async Task The_files_are_formatted()
    {
        string[] files = [.. BicepFiles(), Repository.PathOf("infra", "azure-cli.bicepparam")];

        foreach (string file in files)
        {
            (JsonNode? formatted, _) = await BicepServer.AskAsync("bicep/format", new JsonObject { ["path"] = file });
            Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), ((string)formatted!["contents"]!).ReplaceLineEndings("\n"));
        }
    }

    [Fact]
    public async Task The_template_reads_no_key_and_takes_no_secret()
    {
        string template = await CompileAsync();

        Assert.DoesNotMatch(KeyFunction(), template);
        Assert.DoesNotMatch(@"(?i)""secure(string|object)""", template);
        Assert.DoesNotMatch(@"(?i)AccountKey|SharedAccess|EndpointSuffix=", template);
    }

    [Fact]
    public async Task Regions_memory_sizes_plans_and_backends_are_closed_lists()
    {
        JsonObject parameters = JsonNode.Parse(await CompileAsync())!["parameters"]!.AsObject();
        string[] Allowed(string name) => [.. parameters[name]!["allowedValues"]!.AsArray().Select(value => value!.ToString())];

        Assert.Equal(["512", "2048", "4096"], Allowed("instanceMemoryMB"));
        Assert.Equal(Scenario.Plans, Allowed("plan"));
        Assert.Equal("FC1", (string)parameters["plan"]!["defaultValue"]!);
        Assert.Equal(Scenario.Backends, Allowed("durableBackend"));
        Assert.Equal("azureStorage", (string)parameters["durableBackend"]!["defaultValue"]!);
        Assert.Contains("swedencentral", Allowed("location"));
        Assert.True(Allowed("location").Length > 25);
    }

    [Fact]
    public async Task A_number_out_of_its_bounds_is_refused()
    {
        (string Name, int Low, int High)[] bounds =
            [("maximumInstanceCount", 40, 1000), ("premiumMaximumInstanceCount", 1, 100), ("logRetentionDays", 30, 730)];
        JsonNode parameters = JsonNode.Parse(await CompileAsync())!["parameters"]!;

        Assert.All(bounds, bound => Assert.Equal(
            (bound.Low, bound.High), ((int)parameters[bound.Name]!["minValue"]!, (int)parameters[bound.Name]!["maxValue"]!)));
        Assert.Null(await RefusalAsync([.. bounds.Select(bound => (bound.Name, bound.Low))]));
        Assert.Null(await RefusalAsync([.. bounds.Select(bound => (bound.Name, bound.High))]));
        foreach ((string name, int low, int high) in bounds)
        {
            Assert.NotNull(await RefusalAsync((name, low - 1)));
            Assert.NotNull(await RefusalAsync((name, high + 1)));
        }

        static Task<string?> RefusalAsync(params (string Name, int Value)[] values) => Scenario.RefusalAsync(
        [
            "param environmentName = 'test'", "param location = 'swedencentral'", .. values.Select(value => $"param {value.Name} = {value.Value}"),
        ]);
    }

    private static Task<string> CompileAsync() => Compiled.Value;

    private static async Task<JsonNode> CompileAsync(string method, string file)
    {
        (JsonNode? compiled, string? error) = await BicepServer.AskAsync(method, new JsonObject { ["path"] = file, ["parameterOverrides"] = new JsonObject() });
        return compiled ?? throw new InvalidOperationException(error);
    }

    [GeneratedRegex(@"(?i)\blist(keys|accountsas|servicesas|secrets|[a-z]*)\s*\(")]
    private static partial Regex KeyFunction();

    private static IReadOnlyList<string> BicepFiles() =>
        [.. Directory.EnumerateFiles(Repository.PathOf("infra"), "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
