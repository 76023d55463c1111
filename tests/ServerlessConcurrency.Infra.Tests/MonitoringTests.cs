using ServerlessConcurrency.Infra.Tests.Bicep;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>What goes to Log Analytics, and for how long it is kept.</summary>
public sealed class MonitoringTests
{
    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task The_app_and_each_storage_service_send_their_diagnostics(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);
        string workspace = deployment.Only("Microsoft.OperationalInsights/workspaces").Id;
        string[] watched =
        [
            deployment.App.Id,
            $"{deployment.Storage.Id}/blobServices/default",
            $"{deployment.Storage.Id}/queueServices/default",
            $"{deployment.Storage.Id}/tableServices/default",
        ];

        IReadOnlyList<Resource> settings = deployment.All("Microsoft.Insights/diagnosticSettings");

        Assert.Equal(watched.Order(), settings.Select(setting => setting.Scope).Order());
        Assert.All(settings, setting =>
        {
            Assert.Equal(workspace, setting.Text("properties.workspaceId"));
            Assert.Contains(setting["properties.metrics"]!.AsArray(), metric => (bool)metric!["enabled"]!);
        });
        Resource ofApp = Assert.Single(settings, setting => setting.Scope == deployment.App.Id);
        Assert.Contains(
            ofApp["properties.logs"]!.AsArray(),
            log => (string)log!["category"]! == "FunctionAppLogs" && (bool)log["enabled"]!);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(365)]
    public async Task Rows_are_kept_as_long_as_the_parameter_says(int days)
    {
        Deployment deployment = await Scenario.DeployAsync($"param logRetentionDays = {days}");

        Assert.Equal($"{days}", deployment.Only("Microsoft.OperationalInsights/workspaces").Text("properties.retentionInDays"));
    }

    [Fact]
    public async Task Telemetry_goes_to_the_workspace_whose_retention_is_set()
    {
        Deployment deployment = await Scenario.DeployAsync();
        Resource insights = deployment.Only("Microsoft.Insights/components");

        Assert.Equal(deployment.Only("Microsoft.OperationalInsights/workspaces").Id, insights.Text("properties.WorkspaceResourceId"));
        Assert.Contains(insights.Id, deployment.Settings["APPLICATIONINSIGHTS_CONNECTION_STRING"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_to_storage_are_logged_only_when_asked_for(bool wanted)
    {
        Deployment deployment = await Scenario.DeployAsync($"param logStorageRequests = {(wanted ? "true" : "false")}");

        foreach (string service in new[] { "blob", "queue", "table" })
        {
            string scope = $"{deployment.Storage.Id}/{service}Services/default";
            Resource setting = Assert.Single(
                deployment.All("Microsoft.Insights/diagnosticSettings"), diagnostics => diagnostics.Scope == scope);
            Assert.All(setting["properties.logs"]!.AsArray(), log => Assert.Equal(wanted, (bool)log!["enabled"]!));
        }
    }
}
