using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>Shows on standard error how far an experiment has come: a bar in a terminal, else a line now and then; or tells it to the program that reads events.</summary>
internal static class ProgressDisplay
{
    // Drawing takes processor time from what is measured: a redraw a second costs about a thousandth.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    // Of a short bar, the percentage and the time that is left.
    private const int BarWidth = 26;

    public static async Task<T> WhileAsync<T>(
        CliContext context, Func<IProgress<ExperimentProgress>, Task<T>> run, string unit = "run")
    {
        if (context.Quiet)
            return await run(new Silence());
        if (context.HasEvents)
            return await run(new Events());
        if (!context.Error.Profile.Capabilities.Interactive)
            return await run(new Lines(context.Error, unit));

        Progress display = context.Error.Progress().AutoClear(true).Columns(
            new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn
            {
                Alignment = Justify.Left,
            });
        display.RefreshRate = RefreshInterval;
        return await display.StartAsync(async progress => await run(new Bar(progress.AddTask("starting"), context.Error.Profile, unit)));
    }

    /// <summary>Where it is, in one line beside the bar, however narrow the terminal is.</summary>
    internal static string Description(ExperimentProgress progress, string unit, int width)
    {
        string text = FormattableString.Invariant($"{unit} {Math.Min(progress.RunsDone + 1, progress.RunsTotal)} of {progress.RunsTotal}  {progress.CurrentRun}{(progress.WaitsFor is null ? "" : $", to decide {progress.WaitsFor}")}{Waiting(progress)}");
        int room = Math.Max(1, width - BarWidth);
        return text.Length <= room ? text : $"{text[..(room - 1)]}…";
    }

    private static string Waiting(ExperimentProgress progress) =>
        progress.WaitingTimings == 0 ? "" : FormattableString.Invariant($", {Counted.Of(progress.WaitingTimings, "timing")} still to be stored");

    private sealed class Silence : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
        }
    }

    private sealed class Events : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => new ProgramEvent(Progress: value).Write();
    }

    private sealed class Bar(ProgressTask task, Profile profile, string unit) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            task.MaxValue = value.RunsTotal;
            task.Value = value.RunsDone;
            task.Description = Markup.Escape(Description(value, unit, profile.Width));
        }
    }

    private sealed class Lines(IAnsiConsole console, string unit) : IProgress<ExperimentProgress>
    {
        private int _tenths = -1;
        private string? _waitsFor;
        private bool _storageIsLate;

        public void Report(ExperimentProgress value)
        {
            int tenths = value.RunsTotal == 0 ? 10 : 10 * value.RunsDone / value.RunsTotal;
            if (value.WaitsFor is { } goal && goal != _waitsFor)
                console.WriteLine($"Going on to decide {goal}");
            _waitsFor = value.WaitsFor;
            if (value.WaitingTimings > 0 && !_storageIsLate)
                console.WriteLine("The storage is slow or does not answer; measuring goes on, and timings wait in memory");
            _storageIsLate = value.WaitingTimings > 0;
            if (tenths == _tenths)
                return;
            _tenths = tenths;
            console.WriteLine(FormattableString.Invariant($"{value.RunsDone} of {Counted.Of(value.RunsTotal, unit)} done"));
        }
    }
}
