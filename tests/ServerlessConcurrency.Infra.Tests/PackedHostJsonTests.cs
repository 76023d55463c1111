using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>
/// host.json as it is in the package, where the scale controller reads the task hub, its backend and how many activities an instance takes; settings
/// that override it do not reach the controller. https://github.com/Azure/azure-functions-durable-extension/issues/2803
/// </summary>
public sealed class PackedHostJsonTests : IDisposable
{
    private const string Project = "ServerlessConcurrency.Functions";
    private const string SchedulerPackage = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Without_variables_it_is_that_of_the_project()
    {
        JsonObject items = await PackAsync([]);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Repository.Read("src", Project, "host.json")), HostJson()));
        Assert.DoesNotContain(SchedulerPackage, Names(items, "PackageReference"));
    }

    [Fact]
    public async Task With_the_activities_it_names_the_scheduler_where_the_package_of_the_scheduler_is_referenced()
    {
        JsonObject items = await PackAsync(new() { ["DURABLE_BACKEND"] = "durableTaskScheduler", ["ACTIVITIES_PER_INSTANCE"] = "1" });
        JsonNode durable = HostJson()["extensions"]!["durableTask"]!;

        Assert.Contains(SchedulerPackage, Names(items, "PackageReference"));
        Assert.Equal(1, (int)durable["maxConcurrentActivityFunctions"]!);
        Assert.Equal("%TASKHUB_NAME%", (string)durable["hubName"]!);
        Assert.Equal(
            [("type", "azureManaged"), ("connectionStringName", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING")],
            durable["storageProvider"]!.AsObject().Select(pair => (pair.Key, (string)pair.Value!)));
    }

    [Fact]
    public async Task It_has_the_activities_of_an_instance()
    {
        await PackAsync(new() { ["DURABLE_BACKEND"] = "azureStorage", ["ACTIVITIES_PER_INSTANCE"] = "256" });

        Assert.Equal(256, (int)HostJson()["extensions"]!["durableTask"]!["maxConcurrentActivityFunctions"]!);
    }

    [Theory]
    [InlineData("ACTIVITIES_PER_INSTANCE", "0", "expected a whole number from 1 to 256")]
    [InlineData("ACTIVITIES_PER_INSTANCE", "257", "expected a whole number from 1 to 256")]
    [InlineData("ACTIVITIES_PER_INSTANCE", "2.5", "expected a whole number from 1 to 256")]
    [InlineData("DURABLE_BACKEND", "netherite", "known: azureStorage, durableTaskScheduler")]
    public async Task A_bad_variable_packs_nothing_and_the_error_names_it(string name, string value, string bound)
    {
        (int exitCode, string output) = await RunAsync(new() { [name] = value });

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"{name} is '{value}'; {bound}", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "host.json")));
    }

    public void Dispose() => _folder.Dispose();

    private JsonNode HostJson() => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "host.json")))!;

    // It is the only host.json that gets into the output and into the package.
    private async Task<JsonObject> PackAsync(Dictionary<string, string> variables)
    {
        (int exitCode, string output) = await RunAsync(variables);
        Assert.True(exitCode == 0, output);
        JsonObject items = JsonNode.Parse(output)!["Items"]!.AsObject();
        JsonNode packed = Assert.Single(items["None"]!.AsArray(), item => Path.GetFileName((string)item!["Identity"]!) == "host.json")!;
        Assert.Equal(Path.Combine(_folder.Path, "host.json"), (string)packed["FullPath"]!);
        Assert.Equal(
            ("host.json", "PreserveNewest", "PreserveNewest"),
            ((string)packed["Link"]!, (string)packed["CopyToOutputDirectory"]!, (string)packed["CopyToPublishDirectory"]!));
        return items;
    }

    private static IEnumerable<string> Names(JsonObject items, string kind) => items[kind]!.AsArray().Select(item => (string)item!["Identity"]!);

    // As azd and build.cs do, which hand their variables to `dotnet publish`; but nothing is restored or compiled.
    private async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "msbuild", Repository.PathOf("src", Project), "-target:PackHostJson", "-getItem:None", "-getItem:PackageReference", "-nodeReuse:false",
            $"-property:IntermediateOutputPath={_folder.Path}{Path.DirectorySeparatorChar}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DURABLE_BACKEND");
        start.Environment.Remove("ACTIVITIES_PER_INSTANCE");
        return await start.RunAsync(variables, Patience);
    }
}
