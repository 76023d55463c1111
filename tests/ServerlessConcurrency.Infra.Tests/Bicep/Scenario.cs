using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>What infra/main.bicep would deploy for some parameters, computed by the Bicep CLI without a subscription.</summary>
internal static class Scenario
{
    private const string Subscription = "00000000-0000-0000-0000-000000000001";
    private static readonly ConcurrentDictionary<string, Lazy<Task<Deployment>>> Known = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Plans { get; } = ["FC1", "EP1", "EP2", "EP3"];

    public static IReadOnlyList<string> Backends { get; } = ["azureStorage", "durableTaskScheduler"];

    /// <summary>Every plan with each backend, with and without the virtual network.</summary>
    public static TheoryData<string, string, bool> All()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (string plan in Plans)
            foreach (string backend in Backends)
                foreach (bool vnet in new[] { false, true })
                    data.Add(plan, backend, vnet);
        return data;
    }

    /// <summary>One of <see cref="All"/>, with further lines of a parameter file.</summary>
    public static Task<Deployment> DeployAsync(string plan, string backend, bool vnet, params string[] more) => DeployAsync(
    [
        $"param plan = '{plan}'",
        $"param durableBackend = '{backend}'",
        $"param vnetEnabled = {(vnet ? "true" : "false")}",
        .. more,
    ]);

    /// <summary>With the defaults and the given lines of a parameter file.</summary>
    public static Task<Deployment> DeployAsync(params string[] lines)
    {
        string parameters = string.Join('\n',
        [
            "using 'main.bicep'", "param environmentName = 'test'", "param location = 'swedencentral'", .. lines, "",
        ]);
        return Known.GetOrAdd(parameters, text => new Lazy<Task<Deployment>>(() => PredictAsync(text))).Value;
    }

    /// <summary>What the template says against some parameters; null if it accepts them.</summary>
    public static async Task<string?> RefusalAsync(params string[] lines) =>
        (await SnapshotAsync(string.Join('\n', lines.Prepend("using 'main.bicep'")))).Error;

    private static async Task<Deployment> PredictAsync(string parameters)
    {
        (JsonNode? result, string? error) = await SnapshotAsync(parameters);
        Assert.Null(error);
        return new Deployment((string)result!["snapshot"]!);
    }

    private static async Task<(JsonNode? Result, string? Error)> SnapshotAsync(string parameters)
    {
        using var copy = new InfraCopy();
        string file = copy.PathOf("scenario.bicepparam");
        await File.WriteAllTextAsync(file, parameters);
        return await BicepServer.AskAsync("bicep/getSnapshot", new JsonObject
        {
            ["path"] = file,
            ["metadata"] = new JsonObject { ["subscriptionId"] = Subscription, ["location"] = "swedencentral" },
        });
    }
}
