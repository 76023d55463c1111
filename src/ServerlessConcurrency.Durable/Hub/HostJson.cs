using System.Globalization;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>What the Functions app's host.json says of Durable Functions: a task hub of the local engine is set up in the same way.</summary>
internal static class HostJson
{
    private static readonly JsonNode DurableTask = Read();

    public static int ActivitiesAtOnce => (int)DurableTask["maxConcurrentActivityFunctions"]!;

    public static int OrchestrationsAtOnce => (int)DurableTask["maxConcurrentOrchestratorFunctions"]!;

    public static int Partitions => (int)Storage["partitionCount"]!;

    public static int ControlQueueBatch => (int)Storage["controlQueueBatchSize"]!;

    public static int ControlQueueBuffer => (int)Storage["controlQueueBufferThreshold"]!;

    public static TimeSpan LongestPollingInterval =>
        TimeSpan.Parse((string)Storage["maxQueuePollingInterval"]!, CultureInfo.InvariantCulture);

    private static JsonNode Storage => DurableTask["storageProvider"]!;

    private static JsonNode Read()
    {
        using Stream stream = typeof(HostJson).Assembly.GetManifestResourceStream("host.json")!;
        return JsonNode.Parse(stream)!["extensions"]!["durableTask"]!;
    }
}
