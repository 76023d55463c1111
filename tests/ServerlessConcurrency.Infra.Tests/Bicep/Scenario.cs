using System.Collections.Concurrent;

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

    /// <summary>Whether the template accepts some parameters, and what it says if not.</summary>
    public static async Task<BicepOutput> TryAsync(params string[] lines)
    {
        using var copy = new InfraCopy();
        return await SnapshotAsync(copy, string.Join('\n', lines.Prepend("using 'main.bicep'")));
    }

    private static async Task<Deployment> PredictAsync(string parameters)
    {
        using var copy = new InfraCopy();
        BicepOutput ended = await SnapshotAsync(copy, parameters);
        Assert.True(ended.ExitCode == 0, ended.Errors);
        return new Deployment(await File.ReadAllTextAsync(copy.PathOf("scenario.snapshot.json")));
    }

    private static async Task<BicepOutput> SnapshotAsync(InfraCopy copy, string parameters)
    {
        string file = copy.PathOf("scenario.bicepparam");
        await File.WriteAllTextAsync(file, parameters);
        return await BicepTool.RunAsync(
            "snapshot", file, "--mode", "overwrite", "--subscription-id", Subscription, "--location", "swedencentral");
    }
}
