using System.CommandLine;
using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Pinning;

/// <summary>
/// A command that works on this machine, on as many processors as <c>--cores</c> says: then the program starts once more on so many,
/// with the same arguments, and this one passes on signals and the exit code. The storage stays open here meanwhile: Azurite, which
/// stands in for a service with machines of its own, is shared and not pinned.
/// </summary>
internal static class LocalCommand
{
    /// <param name="read">Reads what the user gave, before anything is started.</param>
    /// <param name="canDoWithoutStorage">
    /// Whether it does without storage where the machine has no emulator, nobody asked for another storage, and nothing was named that needs one.
    /// </param>
    public static void Set<T>(
        Command command,
        Func<ParseResult, CliContext, CancellationToken, Task<T>> read,
        Func<T, CliContext, StorageSession, CancellationToken, Task<int>> run,
        string? interruptionNote = Interruption.Stopping,
        bool canDoWithoutStorage = false)
    {
        CoresOption.AddTo(command);
        command.Options.Add(CommonOptions.AllowDebug);
        CommandAction.Set(command, RunAsync, interruptionNote);

        async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
        {
            int? cores = CoresOption.Read(parsed);
            OutFolder.Check(context.ResultsPath);
            T input = await read(parsed, context, cancellationToken);
            StorageSession? opened = null;
            try
            {
                opened = await StorageSession.OpenAsync(context, cancellationToken);
            }
            catch (StorageUnavailableException missing) when (canDoWithoutStorage && missing.LacksEmulator)
            {
                input = await ReadWithoutStorageAsync(parsed, context, missing, cancellationToken);
            }

            await using StorageSession storage = opened ?? await StorageSession.OpenAsync(context, cancellationToken);
            OutFolder.Prepare(context.ResultsPath);
            return cores is null || PinnedProgram.IsThisProcess
                ? await run(input, context, storage, cancellationToken)
                : await RunPinnedAsync(cores.Value, context, cancellationToken);
        }

        async Task<T> ReadWithoutStorageAsync(
            ParseResult parsed, CliContext context, StorageUnavailableException missing, CancellationToken cancellationToken)
        {
            context.DoWithoutStorage();
            try
            {
                T input = await read(parsed, context, cancellationToken);
                if (PinnedProgram.IsThisProcess)
                    return input;
                string[] models = [.. KnownModels.All.Where(model => model.NeedsStorage).Select(model => model.Id)];
                context.Note($"Left out: {string.Join(", ", models)} and timings in storage, because {missing.Message}");
                return input;
            }
            catch (BadInputException)
            {
                // It names what needs storage.
                throw missing;
            }
        }
    }

    private static async Task<int> RunPinnedAsync(int cores, CliContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using PinnedProgram program = PinnedProgram.Start(
            cores, PinnedConnection.LeaveOut(Environment.GetCommandLineArgs()[1..]), PinnedConnection.Of(context), captureOutput: false);
        long firstSignal = 0;
        bool killed = false;
        context.Interruption.HandOver(signal =>
        {
            program.PassOn(signal);
            // The second ends it at once, but one that stands still does not listen; and what comes twice at once counts once, as there.
            if (Interlocked.CompareExchange(ref firstSignal, Stopwatch.GetTimestamp(), 0) is not 0 and var first && Stopwatch.GetElapsedTime(first) >= Interruption.EchoTime)
                killed |= program.KillUnlessItEnds();
        });
        int exitCode = await program.WaitAsync();
        return killed || (firstSignal != 0 && PinnedProgram.WasSignalled(exitCode)) ? ExitCodes.Cancelled : exitCode;
    }
}
