using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Functions.Http;

namespace ServerlessConcurrency.Functions.Tests.Http;

/// <summary>What is loaded is loaded for all tests: no others run beside these.</summary>
[CollectionDefinition(nameof(UnoptimisedCodeTests), DisableParallelization = true)]
[Collection(nameof(UnoptimisedCodeTests))]
public sealed class UnoptimisedCodeTests
{
    private const string Name = "Thumbnails";

    [Fact]
    public async Task An_app_measures_nothing_while_code_is_loaded_that_is_not_optimised()
    {
        SpecResult refused = ReadWithUnoptimisedCode();
        await Eventually.True(IsUnloaded, $"{Name} is unloaded");

        Assert.StartsWith($"cannot be measured: {Name} is built without optimisation", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
        Assert.Empty(Read().Errors);
    }

    // Nothing refers to the assembly any more when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SpecResult ReadWithUnoptimisedCode()
    {
        var loaded = new AssemblyLoadContext(Name, isCollectible: true);
        using var bytes = new MemoryStream(EmittedAssembly.Create(Name, isOptimised: false, buildsOnOurs: true));
        loaded.LoadFromStream(bytes);
        SpecResult result = Read();
        loaded.Unload();
        return result;
    }

    private static bool IsUnloaded()
    {
        GC.Collect();
        return !UnoptimisedCode.Loaded().Contains(Name);
    }

    private static SpecResult Read() => SpecReader.Read(
        JsonNode.Parse("""{ "workloads": [ { "kind": "primes", "size": 50, "tasks": 4 } ] }""")!.AsObject(),
        new DurableExperimentEngine(client: null!, store: null!, results: null!, fanOut: null!).Rules);
}
