using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Functions.Hosting;

namespace ServerlessConcurrency.Functions.Tests.Hosting;

public sealed class TaskHubBackendTests
{
    [Theory]
    [InlineData(null, DurableBackends.AzureStorage)]
    [InlineData("AzureStorage", DurableBackends.AzureStorage)]
    [InlineData("azureManaged", DurableBackends.TaskScheduler)]
    [InlineData("AzureManaged", DurableBackends.TaskScheduler)]
    public void The_setting_of_the_host_tells_the_backend(string? type, string backend) => Assert.Equal(backend, TaskHubBackend.Of(type));

    [Fact]
    public void It_is_the_setting_and_the_value_that_the_template_deploys_for_the_backend_of_that_name()
    {
        string template = Repository.Read("infra", "app", "functions.bicep");

        Assert.Contains($"{TaskHubBackend.Variable}: 'azureManaged'", template, StringComparison.Ordinal);
        Assert.Contains($"'{DurableBackends.TaskScheduler}'", Repository.Read("infra", "main.bicep"), StringComparison.Ordinal);
        Assert.Contains($"'{DurableBackends.AzureStorage}'", Repository.Read("infra", "main.bicep"), StringComparison.Ordinal);
    }
}
