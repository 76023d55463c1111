using System.Globalization;

namespace ServerlessConcurrency.Chaos.Faults;

/// <summary>The clock is set, as after a sleep or by a server of time: for the program and all its children, by libfaketime (https://github.com/wolfcw/libfaketime).</summary>
internal sealed class ClockSteps : Fault
{
    // Relative to the folder of the program; until it is there, the clock is the system's.
    private const string Offset = "clock";

    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Prepend("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists)
        : null;

    public override string Name => "clock-steps";

    public override string Happens => "the clock is set forward or back by up to 10 min, up to three times";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override string? Lacks => Library is null ? "libfaketime (package faketime)" : null;

    // A clock that only counts cannot be set; and waits by it are left alone, else they end at once, and .NET's threads that wait keep a processor busy.
    public override IReadOnlyList<string> Variables(Random random) =>
    [
        $"LD_PRELOAD={Library}", $"FAKETIME_TIMESTAMP_FILE={Offset}", "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_FORCE_MONOTONIC_FIX=0",
    ];

    public override async Task InflictAsync(Scene scene, Random random)
    {
        for (int steps = random.Next(1, 4); steps > 0; steps--)
        {
            await scene.WaitForMomentAsync(random);
            string offset = random.Next(-600, 600).ToString("+0;-0", CultureInfo.InvariantCulture);
            if (!scene.Strike($"set the clock {offset} s"))
                return;
            string path = Path.Combine(scene.Folder, Offset);
            await File.WriteAllTextAsync(path + ".next", offset);
            File.Move(path + ".next", path, overwrite: true);
        }
    }
}
