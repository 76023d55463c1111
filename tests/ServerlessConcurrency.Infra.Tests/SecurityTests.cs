using System.Text.Json.Nodes;
using ServerlessConcurrency.Infra.Tests.Bicep;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>What is promised for every plan and backend, with and without the virtual network.</summary>
public sealed class SecurityTests
{
    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task The_storage_account_has_no_usable_key_and_nothing_public_in_it(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);

        Assert.Equal("false", deployment.Storage.Text("properties.allowSharedKeyAccess"));
        Assert.Equal("true", deployment.Storage.Text("properties.defaultToOAuthAuthentication"));
        Assert.Equal("false", deployment.Storage.Text("properties.allowBlobPublicAccess"));
        Assert.Equal("false", deployment.Storage.Text("properties.allowCrossTenantReplication"));
        Assert.Equal("true", deployment.Storage.Text("properties.supportsHttpsTrafficOnly"));
        Assert.Equal("TLS1_2", deployment.Storage.Text("properties.minimumTlsVersion"));
        Assert.Equal("None", deployment.Only("Microsoft.Storage/storageAccounts/blobServices/containers").Text("properties.publicAccess"));
    }

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task The_app_is_reached_over_https_with_tls_1_2_or_higher(string plan, string backend, bool vnet)
    {
        Resource app = (await Scenario.DeployAsync(plan, backend, vnet)).App;

        Assert.Equal("true", app.Text("properties.httpsOnly"));
        Assert.Equal("1.2", app.Text("properties.siteConfig.minTlsVersion"));
        Assert.Equal("1.2", app.Text("properties.siteConfig.scmMinTlsVersion"));
    }

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task Ftp_and_basic_publishing_credentials_are_off(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);

        foreach (string way in new[] { "ftp", "scm" })
        {
            Resource policy = deployment.Only("Microsoft.Web/sites/basicPublishingCredentialsPolicies", $"/{way}");
            Assert.Equal("false", policy.Text("properties.allow"));
        }

        // Flex Consumption has no FTP, and refuses the setting.
        Assert.Equal(plan == "FC1" ? null : "Disabled", deployment.App.Text("properties.siteConfig.ftpsState"));
    }

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task The_app_is_its_user_assigned_identity_for_everything(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);
        IReadOnlyDictionary<string, string> settings = deployment.Settings;
        string identity = deployment.Identity.Id;

        Assert.Equal("UserAssigned", deployment.App.Text("identity.type"));
        Assert.Equal([identity], deployment.App["identity.userAssignedIdentities"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        foreach (string name in new[]
        {
            "AzureWebJobsStorage__clientId", "AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        })
        {
            Assert.Contains(identity, settings[name], StringComparison.Ordinal);
            Assert.Contains(".clientId", settings[name], StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task The_host_reaches_blobs_queues_and_tables_by_their_endpoints(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);

        foreach (string service in new[] { "blob", "queue", "table" })
        {
            string uri = deployment.Settings[$"AzureWebJobsStorage__{service}ServiceUri"];
            Assert.Contains($"https://{{0}}.{service}.{{1}}/", uri, StringComparison.Ordinal);
            Assert.Contains($"'{deployment.Storage.Name}'", uri, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task No_setting_is_a_key_or_a_secret(string plan, string backend, bool vnet)
    {
        IReadOnlyDictionary<string, string> settings = (await Scenario.DeployAsync(plan, backend, vnet)).Settings;

        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
        Assert.DoesNotContain("AzureWebJobsDashboard", settings.Keys);
        Assert.DoesNotContain(settings.Keys, name => name.StartsWith("WEBSITE_CONTENT", StringComparison.Ordinal));
        Assert.DoesNotContain("APPINSIGHTS_INSTRUMENTATIONKEY", settings.Keys);
        Assert.All(settings, setting => Assert.DoesNotMatch(@"(?i)AccountKey|SharedAccess|\bsig=|\blist\w*\(|password", setting.Value));
    }

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task Telemetry_is_taken_from_entra_identities_only(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);

        Assert.Equal("true", deployment.Only("Microsoft.Insights/components").Text("properties.DisableLocalAuth"));
        Assert.Equal("true", deployment.Only("Microsoft.OperationalInsights/workspaces").Text("properties.features.disableLocalAuth"));
        Assert.Contains("Authorization=AAD", deployment.Settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task Outputs_hold_names_and_no_keys(string plan, string backend, bool vnet)
    {
        JsonObject outputs = (await Scenario.DeployAsync(plan, backend, vnet)).Outputs;

        Assert.All(outputs, output => Assert.DoesNotMatch(@"(?i)key|secret|password|connectionstring|\blist\w*\(", output.Key + output.Value));
    }
}
