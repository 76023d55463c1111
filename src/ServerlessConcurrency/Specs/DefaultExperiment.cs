using System.Text;
using System.Text.Json;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Specs;

/// <summary>
/// What <c>run</c> measures without a spec under every model of the local engine: CPU-bound and I/O-bound work, or, where there are any, the user's
/// own workloads.
/// </summary>
internal static class DefaultExperiment
{
    public const string Name = "the built-in experiment";

    private const int OwnTasks = 32;

    private static string BuiltIn =>
        $$"""
        {
          "name": "cpu-and-io",
          "workloads": [
            { "kind": "{{PrimesWorkload.WorkloadKind}}", "size": 600000, "tasks": 16 },
            { "kind": "{{DelayWorkload.WorkloadKind}}", "size": 20, "tasks": 32 }
          ],
          "inFlight": 32
        }
        """;

    /// <param name="rules">What the engine knows; null where that is somebody else's.</param>
    public static byte[] Of(SpecRules? rules)
    {
        Workload[] own = [.. (rules?.Workloads.All ?? []).Where(workload => workload is { IsOwnCode: true } and not EarlierVersion)];
        return own.Length == 0
            ? Encoding.UTF8.GetBytes(BuiltIn)
            : JsonSerializer.SerializeToUtf8Bytes(new
            {
                name = "own-code",
                workloads = own.Select(workload => new { kind = workload.Kind, size = 1, tasks = OwnTasks }),
                inFlight = OwnTasks,
            });
    }
}
