using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Functions.Hosting;

namespace ServerlessConcurrency.Functions.Tests.Hosting;

public sealed class TaskHubBackendTests
{
    [Theory]
    [InlineData("""{ "version": "2.0" }""", DurableBackends.AzureStorage)]
    [InlineData("""{ "extensions": { "durableTask": { "storageProvider": { "type": "AzureStorage" } } } }""", DurableBackends.AzureStorage)]
    [InlineData("""{ "extensions": { "durableTask": { "storageProvider": { "type": "azureManaged" } } } }""", DurableBackends.TaskScheduler)]
    [InlineData("""{ "extensions": { "durableTask": { "storageProvider": { "type": "AzureManaged" } } } }""", DurableBackends.TaskScheduler)]
    public void Host_json_tells_the_backend(string hostJson, string backend) => Assert.Equal(backend, TaskHubBackend.Of(hostJson));

    [Fact]
    public void The_app_has_it_from_the_host_json_that_was_packed_with_it() => Assert.Equal(DurableBackends.AzureStorage, TaskHubBackend.OfThisApp());

    [Fact]
    public void It_is_the_value_that_the_project_packs_for_the_backend_of_that_name_which_the_template_deploys()
    {
        string project = Repository.Read("src", "ServerlessConcurrency.Functions", "ServerlessConcurrency.Functions.csproj");
        string template = Repository.Read("infra", "main.bicep");

        Assert.Contains("""<Scheduler>{ "type": "azureManaged", """, project, StringComparison.Ordinal);
        Assert.All(new[] { DurableBackends.AzureStorage, DurableBackends.TaskScheduler }, backend =>
        {
            Assert.Contains($"'$(DURABLE_BACKEND)' != '{backend}'", project, StringComparison.Ordinal);
            Assert.Contains($"'{backend}'", template, StringComparison.Ordinal);
        });
    }
}
