using System.Text.Json.Nodes;
using ServerlessConcurrency.Durable.Hub;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed class HostJsonTests
{
    [Fact]
    public void A_hub_of_the_local_engine_is_set_up_as_the_app_says()
    {
        JsonNode app = JsonNode.Parse(File.ReadAllText(Repository.PathOf("src", "ServerlessConcurrency.Functions", "host.json")))!;
        JsonNode durable = app["extensions"]!["durableTask"]!;
        JsonNode storage = durable["storageProvider"]!;

        Assert.Equal((int)durable["maxConcurrentActivityFunctions"]!, HostJson.ActivitiesAtOnce);
        Assert.Equal((int)durable["maxConcurrentOrchestratorFunctions"]!, HostJson.OrchestrationsAtOnce);
        Assert.Equal((int)storage["partitionCount"]!, HostJson.Partitions);
        Assert.Equal((int)storage["controlQueueBatchSize"]!, HostJson.ControlQueueBatch);
        Assert.Equal((int)storage["controlQueueBufferThreshold"]!, HostJson.ControlQueueBuffer);
        Assert.Equal((string)storage["maxQueuePollingInterval"]!, HostJson.LongestPollingInterval.ToString("hh\\:mm\\:ss\\.fff"));
        // What the model of the local engine is: a host process executes one activity at a time.
        Assert.Equal(1, HostJson.ActivitiesAtOnce);
    }
}
