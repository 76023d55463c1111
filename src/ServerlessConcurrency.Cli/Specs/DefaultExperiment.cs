namespace ServerlessConcurrency.Cli.Specs;

/// <summary>What <c>run</c> measures without a spec: CPU-bound and I/O-bound work under every model of the local engine.</summary>
internal static class DefaultExperiment
{
    public const string Name = "the built-in experiment";

    public static ReadOnlySpan<byte> Utf8 =>
        """
        {
          "name": "cpu-and-io",
          "workloads": [
            { "kind": "primes", "size": 100000, "tasks": 32 },
            { "kind": "delay", "size": 20, "tasks": 32 }
          ],
          "rounds": 6
        }
        """u8;
}
