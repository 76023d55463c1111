using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Core.Documents;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>Shows on standard error how far an experiment has come: a bar in a terminal, else a line now and then.</summary>
internal static partial class ProgressDisplay
{
    // Drawing takes processor time from what is measured: a redraw a second costs about a thousandth.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    /// <summary>Reads a line that this display writes where there is no terminal.</summary>
    /// <returns>How far the experiment was; null if it is another line.</returns>
    public static ExperimentProgress? ParseLine(string line) =>
        ProgressLine().Match(line) is { Success: true } match
        && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out int done)
        && int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out int total)
            ? new ExperimentProgress(done, total, null)
            : null;

    /// <summary>Shows progress while an experiment runs.</summary>
    public static async Task<T> WhileAsync<T>(
        CliContext context, Func<IProgress<ExperimentProgress>, Task<T>> run, string unit = "run")
    {
        if (context.Quiet)
            return await run(new Silence());
        if (!context.Error.Profile.Capabilities.Interactive)
            return await run(new Lines(context.Error, unit));

        Progress display = context.Error.Progress().AutoClear(true).Columns(
            new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn
            {
                Alignment = Justify.Left,
            });
        display.RefreshRate = RefreshInterval;
        return await display.StartAsync(async progress => await run(new Bar(progress.AddTask("starting"), unit)));
    }

    [GeneratedRegex("^([0-9]+) of ([0-9]+) runs done$")]
    private static partial Regex ProgressLine();

    private sealed class Silence : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
        }
    }

    private sealed class Bar(ProgressTask task, string unit) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            task.MaxValue = value.RunsTotal;
            task.Value = value.RunsDone;
            task.Description = Markup.Escape(
                FormattableString.Invariant($"{unit} {Math.Min(value.RunsDone + 1, value.RunsTotal)} of {value.RunsTotal}  {value.CurrentRun}"));
        }
    }

    private sealed class Lines(IAnsiConsole console, string unit) : IProgress<ExperimentProgress>
    {
        private int _tenths = -1;

        public void Report(ExperimentProgress value)
        {
            int tenths = value.RunsTotal == 0 ? 10 : 10 * value.RunsDone / value.RunsTotal;
            if (tenths == _tenths)
                return;
            _tenths = tenths;
            console.WriteLine(FormattableString.Invariant($"{value.RunsDone} of {value.RunsTotal} {unit}s done"));
        }
    }
}
