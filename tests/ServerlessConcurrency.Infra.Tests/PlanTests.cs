using System.Text.Json.Nodes;
using System.Xml.Linq;
using ServerlessConcurrency.Infra.Tests.Bicep;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>Where the app runs, how large and how many its instances are.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task The_default_is_flex_consumption_with_the_task_hub_in_storage()
    {
        Deployment deployment = await Scenario.DeployAsync();

        Assert.Equal("FC1", deployment.Only("Microsoft.Web/serverfarms").Text("sku.name"));
        Assert.Equal("FlexConsumption", deployment.Only("Microsoft.Web/serverfarms").Text("sku.tier"));
        Assert.Equal("true", deployment.Only("Microsoft.Web/serverfarms").Text("properties.reserved"));
        Assert.Empty(deployment.All("Microsoft.DurableTask/schedulers"));
    }

    [Fact]
    public async Task Flex_consumption_deploys_with_the_identity_and_runs_on_this_repositorys_dotnet()
    {
        Deployment deployment = await Scenario.DeployAsync();
        JsonNode config = deployment.App["properties.functionAppConfig"]!;
        JsonNode storage = config["deployment"]!["storage"]!;

        Assert.Equal("blobContainer", (string)storage["type"]!);
        Assert.Contains("app-package", (string)storage["value"]!, StringComparison.Ordinal);
        Assert.Equal("UserAssignedIdentity", (string)storage["authentication"]!["type"]!);
        Assert.Equal(deployment.Identity.Id, (string)storage["authentication"]!["userAssignedIdentityResourceId"]!);
        Assert.Equal("dotnet-isolated", (string)config["runtime"]!["name"]!);
        Assert.Equal(Framework(), $"net{config["runtime"]!["version"]}");
    }

    [Theory]
    [InlineData(512, 40)]
    [InlineData(2048, 250)]
    [InlineData(4096, 1000)]
    public async Task Flex_consumption_has_the_memory_and_the_limit_of_the_parameters(int memory, int most)
    {
        Deployment deployment = await Scenario.DeployAsync(
            $"param instanceMemoryMB = {memory}", $"param maximumInstanceCount = {most}");
        JsonNode scale = deployment.App["properties.functionAppConfig.scaleAndConcurrency"]!;

        Assert.Equal(memory, (int)scale["instanceMemoryMB"]!);
        Assert.Equal(most, (int)scale["maximumInstanceCount"]!);
        Assert.Empty(scale["alwaysReady"]!.AsArray());
    }

    [Fact]
    public async Task Flex_consumption_keeps_instances_ready_for_what_was_asked()
    {
        Deployment deployment = await Scenario.DeployAsync(
            "param alwaysReadyDurableInstances = 8", "param alwaysReadyQueueInstances = 4");

        Assert.Equal(
            [("durable", 8), ("function:ProcessTask", 4)],
            deployment.App["properties.functionAppConfig.scaleAndConcurrency.alwaysReady"]!.AsArray()
                .Select(group => ((string)group!["name"]!, (int)group["instanceCount"]!)));
        string function = Repository.Read("src", "ServerlessConcurrency.Functions", "Triggers", "ProcessTask.cs");
        Assert.Contains("[Function(nameof(ProcessTask))]", function, StringComparison.Ordinal);
    }

    // https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
    [Theory]
    [InlineData("azureStorage", false)]
    [InlineData("azureStorage", true)]
    [InlineData("durableTaskScheduler", false)]
    [InlineData("durableTaskScheduler", true)]
    public async Task Flex_consumption_is_given_nothing_that_it_refuses(string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync("FC1", backend, vnet);
        string[] siteConfig = [.. deployment.App["properties.siteConfig"]!.AsObject().Select(pair => pair.Key)];

        Assert.Equal(["http20Enabled", "minTlsVersion", "scmMinTlsVersion"], siteConfig.Order());
        Assert.DoesNotContain(deployment.Settings.Keys, name =>
            name.StartsWith("WEBSITE_", StringComparison.Ordinal) || name is "FUNCTIONS_WORKER_RUNTIME" or "FUNCTIONS_EXTENSION_VERSION");
    }

    // https://github.com/Azure/azure-functions-dotnet-worker/issues/3335
    [Theory]
    [InlineData("FC1", false)]
    [InlineData("FC1", true)]
    [InlineData("EP1", true)]
    public async Task The_app_starts_by_itself_where_that_is_asked_for(string plan, bool asked)
    {
        Deployment deployment = await Scenario.DeployAsync(
            $"param plan = '{plan}'", $"param placeholderDisabled = {(asked ? "true" : "false")}");

        Assert.Equal(asked ? "0" : null, deployment.Settings.GetValueOrDefault("WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED"));
    }

    [Theory]
    [InlineData("EP1", "azureStorage")]
    [InlineData("EP2", "azureStorage")]
    [InlineData("EP3", "durableTaskScheduler")]
    public async Task Elastic_premium_runs_from_a_package_that_the_identity_reads(string plan, string backend)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet: false);
        Resource farm = deployment.Only("Microsoft.Web/serverfarms");

        Assert.Equal(plan, farm.Text("sku.name"));
        Assert.Equal("ElasticPremium", farm.Text("sku.tier"));
        Assert.Equal("elastic", farm.Text("kind"));
        Assert.Null(deployment.App["properties.functionAppConfig"]);
        Assert.Equal($"DOTNET-ISOLATED|{Framework()["net".Length..]}", deployment.App.Text("properties.siteConfig.linuxFxVersion"));
        Assert.Contains("{0}/functions.zip", deployment.Settings["WEBSITE_RUN_FROM_PACKAGE"], StringComparison.Ordinal);
        Assert.Equal(deployment.Identity.Id, deployment.Settings["WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID"]);
        Assert.Equal("dotnet-isolated", deployment.Settings["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal("~4", deployment.Settings["FUNCTIONS_EXTENSION_VERSION"]);
    }

    [Theory]
    [InlineData(7, 0, 0, 1)]
    [InlineData(7, 2, 5, 5)]
    [InlineData(7, 8, 0, 7)]
    // https://learn.microsoft.com/azure/azure-functions/functions-premium-plan#always-ready-instances
    [InlineData(40, 0, 21, 20)]
    public async Task Elastic_premium_has_the_limits_of_the_parameters_and_its_own(int most, int durable, int queue, int ready)
    {
        Deployment deployment = await Scenario.DeployAsync(
            "param plan = 'EP1'",
            $"param premiumMaximumInstanceCount = {most}",
            $"param alwaysReadyDurableInstances = {durable}",
            $"param alwaysReadyQueueInstances = {queue}");

        Assert.Equal($"{most}", deployment.Only("Microsoft.Web/serverfarms").Text("properties.maximumElasticWorkerCount"));
        Assert.Equal($"{most}", deployment.App.Text("properties.siteConfig.functionAppScaleLimit"));
        Assert.Equal($"{ready}", deployment.App.Text("properties.siteConfig.minimumElasticInstanceCount"));
    }

    // The scale controller reads host.json in the package: what settings say instead does not reach it.
    // https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.WebHost/Management/FunctionsSyncManager.cs
    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task No_setting_overrides_host_json(string plan, string backend, bool vnet) => Assert.DoesNotContain(
        (await Scenario.DeployAsync(plan, backend, vnet)).Settings.Keys, name => name.StartsWith("AzureFunctionsJobHost", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task State_is_kept_where_the_backend_says(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);
        IReadOnlyDictionary<string, string> settings = deployment.Settings;
        bool isScheduler = backend == "durableTaskScheduler";

        Assert.Equal(isScheduler ? 1 : 0, deployment.All("Microsoft.DurableTask/schedulers").Count);
        Assert.Equal(isScheduler ? 1 : 0, deployment.All("Microsoft.DurableTask/schedulers/taskHubs").Count);
        Assert.Equal(isScheduler, settings.ContainsKey("TASKHUB_NAME"));
        if (!isScheduler)
            return;

        const string Connection = "DURABLE_TASK_SCHEDULER_CONNECTION_STRING";
        Assert.Contains("Authentication=ManagedIdentity;ClientID=", settings[Connection], StringComparison.Ordinal);
        Assert.Contains(deployment.Only("Microsoft.DurableTask/schedulers").Id, settings[Connection], StringComparison.Ordinal);
        Assert.Equal(
            settings["TASKHUB_NAME"], deployment.Only("Microsoft.DurableTask/schedulers/taskHubs").Name.Split('/')[^1]);
    }

    private static string Framework() =>
        XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("TargetFramework").First().Value;
}
