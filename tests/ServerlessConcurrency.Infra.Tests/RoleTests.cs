using ServerlessConcurrency.Infra.Tests.Bicep;

namespace ServerlessConcurrency.Infra.Tests;

/// <summary>Who may do what, and on what.</summary>
public sealed class RoleTests
{
    private const string Person = "11111111-1111-1111-1111-111111111111";

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private const string BlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string QueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string DurableTaskDataContributor = "0ad04412-c4d5-4796-b79c-f76d14c8d402";

    [Theory]
    [MemberData(nameof(Scenario.All), MemberType = typeof(Scenario))]
    public async Task The_app_has_the_least_roles_each_on_its_resource(string plan, string backend, bool vnet)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, backend, vnet);
        var expected = new List<(string Role, string Scope)>
        {
            (BlobDataOwner, deployment.Storage.Id),
            (QueueDataContributor, deployment.Storage.Id),
            (TableDataContributor, deployment.Storage.Id),
            (MonitoringMetricsPublisher, deployment.Only("Microsoft.Insights/components").Id),
        };
        if (backend == "durableTaskScheduler")
            expected.Add((DurableTaskDataContributor, deployment.Only("Microsoft.DurableTask/schedulers").Id));

        IReadOnlyList<Resource> assignments = deployment.All("Microsoft.Authorization/roleAssignments");

        Assert.Equal(expected.Order(), assignments.Select(assignment => (Role(assignment), assignment.Scope)).Order());
        Assert.All(assignments, assignment =>
        {
            Assert.Equal("ServicePrincipal", assignment.Text("properties.principalType"));
            Assert.Contains(deployment.Identity.Id, assignment.Text("properties.principalId")!, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("EP1", true)]
    [InlineData("FC1", false)]
    public async Task Whoever_uploads_packages_may_write_to_their_container_and_only_where_that_is_needed(string plan, bool isNeeded)
    {
        Deployment deployment = await Scenario.DeployAsync(plan, "azureStorage", vnet: false, $"param principalId = '{Person}'");

        Resource[] rights = [.. deployment.All("Microsoft.Authorization/roleAssignments")
            .Where(assignment => assignment.Text("properties.principalId") == Person)];

        Assert.Equal(isNeeded ? 1 : 0, rights.Length);
        Assert.All(rights, right =>
        {
            Assert.Equal(BlobDataContributor, Role(right));
            Assert.Equal(deployment.Only("Microsoft.Storage/storageAccounts/blobServices/containers").Id, right.Scope);
        });
    }

    private static string Role(Resource assignment) => assignment.Text("properties.roleDefinitionId")!.Split('/')[^1];
}
