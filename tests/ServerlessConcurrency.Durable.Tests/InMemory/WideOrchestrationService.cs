using DurableTask.Core;
using Microsoft.DurableTask.Testing.Sidecar;

namespace ServerlessConcurrency.Durable.Tests.InMemory;

/// <summary>
/// A task hub without limits of its own: it hands out as many activities and orchestrations at once as there are. The one it
/// derives from hands out as many as there are processors, and would hide how many a fan-out asks for.
/// </summary>
internal sealed class WideOrchestrationService : InMemoryOrchestrationService, IOrchestrationService
{
    int IOrchestrationService.MaxConcurrentTaskActivityWorkItems => 1_000;

    int IOrchestrationService.MaxConcurrentTaskOrchestrationWorkItems => 100;
}
