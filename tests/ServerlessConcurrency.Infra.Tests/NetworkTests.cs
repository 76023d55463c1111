using System.Text.Json.Nodes;
using ServerlessConcurrency.Infra.Tests.Bicep;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>The virtual network, where it is asked for.</summary>
public sealed class NetworkTests
{
    private static readonly string[] Services = ["blob", "queue", "table"];

    public static TheoryData<string, string> PlansAndBackends()
    {
        var data = new TheoryData<string, string>();
        foreach (string plan in Scenario.Plans)
            foreach (string backend in Scenario.Backends)
                data.Add(plan, backend);
        return data;
    }

    [Theory]
    [MemberData(nameof(PlansAndBackends))]
    public async Task Without_it_there_is_no_network(string plan, string backend)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet: false);

        Assert.DoesNotContain(deployment.Resources, resource => resource.Type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Assert.Null(deployment.App["properties.virtualNetworkSubnetId"]);
        Assert.Equal("Enabled", deployment.Storage.Text("properties.publicNetworkAccess"));
    }

    [Theory]
    [MemberData(nameof(PlansAndBackends))]
    public async Task The_storage_account_is_closed_to_the_internet(string plan, string backend)
    {
        Resource storage = (await Scenario.DeployAsync(plan, backend, vnet: true)).Storage;

        Assert.Equal("Disabled", storage.Text("properties.publicNetworkAccess"));
        Assert.Equal("Deny", storage.Text("properties.networkAcls.defaultAction"));
        Assert.Equal("None", storage.Text("properties.networkAcls.bypass"));
        Assert.Empty(storage["properties.networkAcls.ipRules"]!.AsArray());
    }

    [Theory]
    [MemberData(nameof(PlansAndBackends))]
    public async Task Blobs_queues_and_tables_have_private_endpoints_with_their_names(string plan, string backend)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet: true);
        IReadOnlyList<Resource> endpoints = deployment.All("Microsoft.Network/privateEndpoints");
        string network = deployment.Only("Microsoft.Network/virtualNetworks").Id;

        Assert.Equal(Services, endpoints.Select(Service).Order());
        Assert.All(endpoints, endpoint =>
        {
            Assert.Equal(deployment.Storage.Id, (string)Connection(endpoint)["privateLinkServiceId"]!);
            Assert.Equal($"{network}/subnets/private-endpoints", endpoint.Text("properties.subnet.id"));
            Resource records = deployment.Only(
                "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", $"{endpoint.Name}/privateDnsZoneGroups/default");
            JsonNode record = records["properties.privateDnsZoneConfigs"]![0]!;
            Assert.Contains($"'{Service(endpoint)}'", (string)record["properties"]!["privateDnsZoneId"]!, StringComparison.Ordinal);
        });
        Assert.Equal(Services, deployment.All("Microsoft.Network/privateDnsZones").Select(zone => ServiceOf(zone.Name)).Order());
        IReadOnlyList<Resource> links = deployment.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks");
        Assert.Equal(Services, links.Select(link => ServiceOf(link.Name)).Order());
        Assert.All(links, link => Assert.Equal(network, link.Text("properties.virtualNetwork.id")));
    }

    [Theory]
    [MemberData(nameof(PlansAndBackends))]
    public async Task The_app_is_in_a_subnet_that_its_plan_may_use(string plan, string backend)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet: true);
        Resource network = deployment.Only("Microsoft.Network/virtualNetworks");
        JsonNode subnet = network["properties.subnets"]!.AsArray().Single(part => (string)part!["name"]! == "app")!;

        Assert.Equal($"{network.Id}/subnets/app", deployment.App.Text("properties.virtualNetworkSubnetId"));
        Assert.Equal(
            plan == "FC1" ? "Microsoft.App/environments" : "Microsoft.Web/serverFarms",
            (string)subnet["properties"]!["delegations"]![0]!["properties"]!["serviceName"]!);
        if (plan == "FC1")
            return;
        Assert.Equal("true", deployment.App.Text("properties.outboundVnetRouting.allTraffic"));
        Assert.Equal("true", deployment.App.Text("properties.siteConfig.functionsRuntimeScaleMonitoringEnabled"));
    }

    [Fact]
    public async Task One_address_can_be_let_in_and_no_other()
    {
        Resource storage = (await Scenario.DeployAsync(
            "EP1", "azureStorage", vnet: true, "param storageAllowedIp = '203.0.113.7'")).Storage;

        JsonNode rule = Assert.Single(storage["properties.networkAcls.ipRules"]!.AsArray())!;
        Assert.Equal("203.0.113.7", (string)rule["value"]!);
        Assert.Equal("Deny", storage.Text("properties.networkAcls.defaultAction"));
    }

    private static JsonNode Connection(Resource endpoint) => endpoint["properties.privateLinkServiceConnections"]![0]!["properties"]!;

    private static string Service(Resource endpoint) => (string)Connection(endpoint)["groupIds"]![0]!;

    // The name is an expression, because the zone depends on the cloud.
    private static string ServiceOf(string name) => Services.Single(service => name.Contains($"'{service}'", StringComparison.Ordinal));
}
