using System.Globalization;

namespace ServerlessConcurrency.Chaos.Faults;

/// <summary>Files cannot grow, as on a full disk.</summary>
internal sealed class DiskFull : Fault
{
    public override string Name => "disk-full";

    public override string Happens => "no file may grow beyond 24 to 200 KiB";

    public override IReadOnlyList<int> ExitCodes => [0, 1];

    public override bool MayLoseFiles => true;

    public override IReadOnlyList<string> Prefix(Random random) =>
        ["bash", "-c", string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {random.Next(24, 200)}; exec \"$0\" \"$@\"")];

    // The runtime keeps the code that it makes in a file in memory, which would be limited too.
    public override IReadOnlyList<string> Variables(Random random) => ["DOTNET_EnableWriteXorExecute=0"];

    public override Task InflictAsync(Scene scene, Random random) => Task.FromResult(scene.Strike("files are limited"));
}

/// <summary>Memory is short.</summary>
internal sealed class MemoryShort : Fault
{
    // SIGABRT, SIGKILL, SIGSEGV.
    private static readonly int[] RuntimeEnds = [134, 137, 139];

    public override string Name => "memory-short";

    public override string Happens => "each process may have 12 to 60 MiB of managed memory; where the runtime ends the program, it is completed by `sconc resume`";

    public override IReadOnlyList<int> ExitCodes => [0, 1, Resumption.Killed];

    public override IReadOnlyList<string> Variables(Random random) =>
        [string.Create(CultureInfo.InvariantCulture, $"DOTNET_GCHeapHardLimit=0x{random.Next(12, 60) << 20:X}")];

    public override Task InflictAsync(Scene scene, Random random) => Task.FromResult(scene.Strike("memory is limited"));

    public override Task<int> RecoverAsync(Scene scene, int exitCode) =>
        RuntimeEnds.Contains(exitCode) ? Resumption.CompleteAsync(scene, mostKills: 0) : Task.FromResult(exitCode);
}

/// <summary>Few files may be open.</summary>
internal sealed class FilesFew : Fault
{
    public override string Name => "files-few";

    public override string Happens => "each process may have 64 to 300 files open";

    public override IReadOnlyList<int> ExitCodes => [0, 1];

    public override IReadOnlyList<string> Prefix(Random random) =>
        ["bash", "-c", string.Create(CultureInfo.InvariantCulture, $"ulimit -n {random.Next(64, 300)}; exec \"$0\" \"$@\"")];

    public override Task InflictAsync(Scene scene, Random random) => Task.FromResult(scene.Strike("open files are limited"));
}
