using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Pinning;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Sweeps;

/// <summary>
/// Carries out an experiment with <c>run --cores</c> in a process of its own, which is pinned to as many processors as the value
/// says. It stores and writes where this one does.
/// </summary>
internal sealed class PinnedSweepStep(CliContext context, string? pricesPath) : ISweepStep
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(60);

    // On a busy machine a program may be silent for seconds.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);

    public async Task<ExperimentOutcome> RunAsync(
        SweepPoint point, IProgress<ExperimentProgress> progress, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        string spec = Path.Combine(folder.Path, "spec.json");
        await using (FileStream file = File.Create(spec))
            await JsonSerializer.SerializeAsync(file, point.Spec, ExperimentJson.Indented, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return await RunAsync((int)point.Value, spec, Path.Combine(folder.Path, "outcome.json"), progress, cancellationToken);
    }

    private async Task<ExperimentOutcome> RunAsync(
        int cores, string spec, string outcome, IProgress<ExperimentProgress> progress, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "run", spec, CoresOption.Name, cores.ToString(CultureInfo.InvariantCulture), CommonOptions.Events.Name, outcome,
            CommonOptions.StoragePrefix.Name, context.StoragePrefix,
            CommonOptions.Out.Name, context.ResultsPath,
            .. context.Patience is { } patience
                ? [CommonOptions.Patience.Name, patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)]
                : Array.Empty<string>(),
            .. context.OwnCode.Assemblies.SelectMany(assembly => (string[])[OwnCodeOption.Name, assembly]),
            .. context.AllowDebug ? [CommonOptions.AllowDebug.Name] : Array.Empty<string>(),
            .. pricesPath is null ? Array.Empty<string>() : [PriceOption.Path.Name, pricesPath],
        ];
        using PinnedProgram program = PinnedProgram.Start(cores, arguments, PinnedConnection.Of(context), captureOutput: true);
        await using CancellationTokenRegistration passOn = cancellationToken.Register(() => program.PassOn(PosixSignal.SIGINT));
        Task<string> others = program.Output.ReadToEndAsync(CancellationToken.None);
        TimeSpan onceStarted = context.Patience is not { } asked ? UsualPatience : asked > LeastPatience ? asked : LeastPatience;
        TimeSpan mostSilence = UsualPatience;
        while (await HearAsync(program, mostSilence, cancellationToken) is { } line)
        {
            Tell(line, progress);
            mostSilence = onceStarted;
        }

        await others;
        int exitCode = await program.WaitAsync();
        // The signal ended it before it had begun.
        if (cancellationToken.IsCancellationRequested && !File.Exists(outcome))
            throw new OperationCanceledException(cancellationToken);
        return await ReadAsync(outcome, exitCode);
    }

    // Silence counts only while this program runs itself, not while the machine sleeps.
    private static async Task<string?> HearAsync(PinnedProgram program, TimeSpan mostSilence, CancellationToken cancellationToken)
    {
        Task<string?> line = program.Error.ReadLineAsync(CancellationToken.None).AsTask();
        for (TimeSpan silence = TimeSpan.Zero; await Task.WhenAny(line, Task.Delay(ProgramEvent.AliveInterval, CancellationToken.None)) != line; silence += ProgramEvent.AliveInterval)
        {
            if (silence < mostSilence)
                continue;
            program.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException(FormattableString.Invariant($"the pinned program was not heard of for {mostSilence.TotalSeconds} s and was ended"));
        }

        return await line;
    }

    private void Tell(string line, IProgress<ExperimentProgress> progress)
    {
        ProgramEvent told = ProgramEvent.Parse(line) ?? new ProgramEvent(Note: line);
        if (told.Progress is { } known)
            progress.Report(known);
        else if (told.Note is { Length: > 0 } note)
            context.Note(note);
    }

    private static async Task<ExperimentOutcome> ReadAsync(string outcome, int exitCode)
    {
        try
        {
            await using FileStream file = File.OpenRead(outcome);
            using JsonDocument output = await JsonDocument.ParseAsync(file);
            if (!output.RootElement.TryGetProperty("errors", out JsonElement errors))
                return new ExperimentOutcome(output.Deserialize<ExperimentDocument>(ExperimentJson.Indented)!, Failure: null);
            SpecError[] mistakes = errors.Deserialize<SpecError[]>(ExperimentJson.Indented) ?? [];
            throw exitCode switch
            {
                ExitCodes.BadInput => new BadInputException("the spec", mistakes),
                ExitCodes.StorageNotReachable => new StorageUnavailableException(mistakes[0].Message),
                _ => new IOException(mistakes[0].Message),
            };
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new IOException($"the pinned program ended with exit code {exitCode} and without a result", exception);
        }
    }
}
