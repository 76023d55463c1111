using System.Text;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Specs;

/// <summary>Reads specs against an engine with the built-in workloads and models, on which <c>queue</c> and <c>blob</c> cannot run.</summary>
internal static class SampleSpecs
{
    public const string Full =
        """
        { "name": "cpu-and-io",
          "workloads": [ { "kind": "primes", "size": 20000, "tasks": 32 }, { "kind": "delay", "size": 50, "tasks": 16 } ],
          "models": [ "sequential", "threads", "async" ],
          "degree": 2, "inFlight": 24, "rounds": 5, "warmupRounds": 2, "seed": 7, "precision": 0.05, "maxRounds": 40,
          "timeBudgetSeconds": 120, "taskTimeoutSeconds": 60 }
        """;

    public static SpecRules Rules { get; } = new(
        new WorkloadCatalog(BuiltInWorkloads.Create(new WorkloadEnvironment())),
        [.. BuiltInModels.Create().Select(model => model.Id)],
        new Dictionary<string, string> { ["queue"] = "needs storage", ["blob"] = "needs storage" });

    public static SpecResult Read(string json) => SpecReader.Read(Encoding.UTF8.GetBytes(json), Rules);

    public static string[] ErrorsOf(string json)
    {
        SpecResult result = Read(json);
        Assert.Null(result.Spec);
        Assert.NotEmpty(result.Errors);
        return [.. result.Errors.Select(error => error.ToString())];
    }

    /// <summary>The one mistake in a spec with a good workload and these further fields.</summary>
    public static string ErrorOf(string fields) =>
        Assert.Single(ErrorsOf($$"""{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 1 } ], {{fields}} }"""));

    /// <summary>The one mistake in a spec with this workload.</summary>
    public static string ErrorOfWorkload(string workload) => Assert.Single(ErrorsOf($$"""{ "workloads": [ {{workload}} ] }"""));
}
