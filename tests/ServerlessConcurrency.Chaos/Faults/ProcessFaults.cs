using System.Globalization;

namespace ServerlessConcurrency.Chaos.Faults;

/// <summary>Children are killed.</summary>
internal sealed class ChildKilled : Fault
{
    public override string Name => "child-killed";

    public override string Happens => "one or two workers or hosts are killed";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override bool NeedsChildren => true;

    public override async Task InflictAsync(Scene scene, Random random)
    {
        for (int kills = random.Next(1, 3); kills > 0; kills--)
        {
            await scene.WaitForMomentAsync(random);
            if (Children.Draw(scene, random) is { } child && scene.Strike($"kill {child}"))
                SconcProcess.Signal(child, "KILL");
        }
    }
}

/// <summary>A child stands still, and may go on later.</summary>
internal sealed class ChildStopped : Fault
{
    public override string Name => "child-stopped";

    public override string Happens => "a worker or host stands still, and half of them go on after up to 20 s";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override bool NeedsChildren => true;

    public override async Task InflictAsync(Scene scene, Random random)
    {
        await scene.WaitForMomentAsync(random);
        if (Children.Draw(scene, random) is not { } child || !scene.Strike($"stop {child}"))
            return;
        SconcProcess.Signal(child, "STOP");
        if (random.Next(2) == 0)
            return;
        await Task.Delay(random.Next(20_000));
        SconcProcess.Signal(child, "CONT");
    }
}

/// <summary>The machine sleeps.</summary>
internal sealed class EverythingStopped : Fault
{
    public override string Name => "everything-stopped";

    public override string Happens => "the program and all its children stand still for up to 40 s, as in a sleeping machine";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override async Task InflictAsync(Scene scene, Random random)
    {
        await scene.WaitForMomentAsync(random);
        IReadOnlyList<int> all = scene.Program!.Processes();
        if (scene.Strike($"stop all {all.Count}"))
            await SconcProcess.StopForAsync(all, random.Next(1_000, 40_000));
    }
}

/// <summary>The emulator is killed.</summary>
internal sealed class EmulatorKilled : Fault
{
    public override string Name => "emulator-killed";

    public override string Happens => "the emulator is killed";

    public override IReadOnlyList<int> ExitCodes => [0, 3];

    public override bool NeedsOwnEmulator => true;

    public override bool MayLoseStorage => true;

    public override async Task InflictAsync(Scene scene, Random random)
    {
        await scene.WaitForMomentAsync(random);
        if (scene.Program!.Processes("azurite") is [int emulator, ..] && scene.Strike($"kill {emulator}"))
            SconcProcess.Signal(emulator, "KILL");
    }
}

/// <summary>The emulator stands still for a while.</summary>
internal sealed class EmulatorStopped : Fault
{
    public override string Name => "emulator-stopped";

    public override string Happens => "the emulator stands still for up to 20 s";

    public override IReadOnlyList<int> ExitCodes => [0, 3];

    public override bool NeedsOwnEmulator => true;

    public override async Task InflictAsync(Scene scene, Random random)
    {
        await scene.WaitForMomentAsync(random);
        if (scene.Program!.Processes("azurite") is [int emulator, ..] && scene.Strike($"stop {emulator}"))
            await SconcProcess.StopForAsync([emulator], random.Next(20_000));
    }
}

/// <summary>Somebody ends the program.</summary>
internal sealed class ProgramEnded : Fault
{
    public override string Name => "program-ended";

    public override string Happens => "the program is told to end: Ctrl+C, SIGTERM or SIGHUP";

    public override IReadOnlyList<int> ExitCodes => [0, 130];

    public override async Task InflictAsync(Scene scene, Random random)
    {
        string signal = ((string[])["INT", "TERM", "HUP"])[random.Next(3)];
        await scene.WaitForMomentAsync(random);
        if (scene.Strike(signal))
            SconcProcess.Signal(scene.Program!.Id, signal);
    }

    // Before the runtime has started nobody hears a signal, and nothing is begun.
    public override Task<int> RecoverAsync(Scene scene, int exitCode) => Task.FromResult(exitCode is 129 or 143 && scene.Ids.Length == 0 ? 130 : exitCode);
}

/// <summary>The program is killed, and the experiment completed by <c>sconc resume</c>.</summary>
internal sealed class ProgramKilled : Fault
{
    public override string Name => "program-killed";

    public override string Happens => "the program is killed up to three times, and completed by `sconc resume`";

    public override IReadOnlyList<int> ExitCodes => [0, Resumption.Killed];

    public override async Task InflictAsync(Scene scene, Random random)
    {
        await scene.WaitForMomentAsync(random);
        if (scene.Strike("kill the program"))
            SconcProcess.Signal(scene.Program!.Id, "KILL");
    }

    public override Task<int> RecoverAsync(Scene scene, int exitCode) =>
        scene.IsStruck ? Resumption.CompleteAsync(scene, mostKills: 2) : Task.FromResult(exitCode);
}

internal static class Resumption
{
    public const int Killed = 137;

    /// <summary>Completes the experiment of a program that was killed, as may be those that do.</summary>
    /// <returns>The last exit code.</returns>
    public static async Task<int> CompleteAsync(Scene scene, int mostKills)
    {
        scene.IsKilled = true;
        var random = new Random(scene.Program!.Id);
        int kills = random.Next(mostKills + 1);
        while (scene.Ids is [string id])
        {
            // It was killed as it began: nothing was measured, and nobody knows what was to be.
            if (!File.Exists(Path.Combine(scene.Results, id, "experiment.json")))
                return Killed;
            using SconcProcess resumed = SconcProcess.Start(scene.Folder, [], [], ["resume", id, .. scene.Connection, .. scene.Prefix]);
            if (kills-- > 0)
            {
                await Task.Delay(random.Next(3_000));
                SconcProcess.Signal(resumed.Id, "KILL");
                scene.Journal.Add("kill the one that resumed it");
            }

            int code = await resumed.WaitAsync();
            scene.Journal.Add(string.Create(CultureInfo.InvariantCulture, $"resume: {code}: {resumed.Error}"));
            // It was killed after the experiment had ended.
            if (code == 2 && resumed.Error.Contains("is complete", StringComparison.Ordinal))
                return 0;
            if (code != Killed)
                return code;
        }

        // It was killed before the experiment had begun.
        return 0;
    }
}

internal static class Children
{
    public static int? Draw(Scene scene, Random random)
    {
        IReadOnlyList<int> children = scene.Program!.Processes("worker");
        return children.Count == 0 ? null : children[random.Next(children.Count)];
    }
}
