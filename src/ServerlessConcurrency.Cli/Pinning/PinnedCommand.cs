using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Cli.Pinning;

/// <summary>
/// Carries out a command with <c>--cores</c>: the program starts once more on so many processors, with the same arguments, and this
/// one passes on signals and the exit code. The storage stays open here meanwhile: Azurite, which stands in for a service with
/// machines of its own, is shared and not pinned.
/// </summary>
internal static class PinnedCommand
{
    /// <summary>Does so, unless this process is pinned already or is not to be.</summary>
    /// <returns>The exit code; null where this process is to carry out the command.</returns>
    public static async Task<int?> RunInsteadAsync(int? cores, CliContext context, CancellationToken cancellationToken)
    {
        if (cores is null || PinnedProgram.IsThisProcess)
            return null;
        cancellationToken.ThrowIfCancellationRequested();
        string[] arguments = Environment.GetCommandLineArgs()[1..];
        using PinnedProgram program = PinnedProgram.Start(cores.Value, arguments, captureOutput: false);
        bool interrupted = false;
        context.Interruption.HandOver(signal =>
        {
            interrupted = true;
            program.PassOn(signal);
        });
        int exitCode = await program.WaitAsync();
        return interrupted && PinnedProgram.WasSignalled(exitCode) ? ExitCodes.Cancelled : exitCode;
    }
}
