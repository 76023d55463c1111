using System.Globalization;
using ServerlessConcurrency.Tests;

namespace ServerlessConcurrency.Chaos;

/// <summary>What became of one schedule, and how many complete runs and tasks were looked at, in files and in storage.</summary>
internal sealed record Outcome(int ExitCode, bool IsStruck, int Runs, int Tasks, IReadOnlyList<string> Broken, IReadOnlyList<string> Journal);

/// <summary>An experiment under a fault, all drawn from a seed.</summary>
internal static class Schedule
{
    public static async Task<Outcome> RunAsync(Fault fault, int seed, int number, string connectionString, AppHosts? hosts)
    {
        // Each fault has moments of its own, whichever others are chosen.
        var random = new Random(HashOf(string.Create(CultureInfo.InvariantCulture, $"{fault.Name} {seed} {number}")));
        using var folder = new TemporaryFolder();
        await using FaultyStorage? own = fault.NeedsOwnEmulator || hosts is not null ? null : await FaultyStorage.StartAsync(connectionString);
        FaultyStorage? storage = hosts?.Storage ?? own;
        var scene = new Scene(fault, random, folder.Path, storage, storage is null ? null : connectionString, hosts);
        using SconcProcess program = SconcProcess.Start(folder.Path, fault.Prefix(random), fault.Variables(random), scene.Experiment);
        scene.Program = program;
        scene.Journal.Add($"sconc {string.Join(' ', scene.Experiment)}");
        try
        {
            await fault.InflictAsync(scene, random);
            int ended = await program.WaitAsync(hosts is null ? null : AppHosts.Patience);
            scene.Journal.Add(string.Create(CultureInfo.InvariantCulture, $"exit code {ended}: {program.Error}"));
            int exitCode = await fault.RecoverAsync(scene, ended);
            var inspection = new Inspection(fault, scene);
            IReadOnlyList<string> broken = await inspection.FindBrokenAsync(exitCode, storage is null ? null : connectionString);
            return new Outcome(exitCode, scene.IsStruck, inspection.Seen.Runs, inspection.Seen.Tasks, broken, scene.Journal);
        }
        catch (TimeoutException exception)
        {
            scene.Journal.AddRange((hosts?.Hosts ?? []).Select(host => $"{host.Name} has said at last:\n{host.LastLines()}"));
            return new Outcome(-1, scene.IsStruck, 0, 0, [exception.Message], scene.Journal);
        }
    }

    // The same in every process.
    private static int HashOf(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
}
