using System.Text;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Specs;

/// <summary>What <c>run</c> measures without a spec: CPU-bound and I/O-bound work under every model of the local engine.</summary>
internal static class DefaultExperiment
{
    public const string Name = "the built-in experiment";

    public static byte[] Utf8 => Encoding.UTF8.GetBytes(
        $$"""
        {
          "name": "cpu-and-io",
          "workloads": [
            { "kind": "{{PrimesWorkload.WorkloadKind}}", "size": 600000, "tasks": 16 },
            { "kind": "{{DelayWorkload.WorkloadKind}}", "size": 20, "tasks": 32 }
          ],
          "inFlight": 32
        }
        """);
}
