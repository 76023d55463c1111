using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>How to read the report of a sweep.</summary>
internal static class SweepGuideSection
{
    public static void Write(HtmlWriter html, SweepDocument document)
    {
        html.Write(
            $"""
            <section>
            <h2 id="guide">How to read this</h2>
            <dl>
            <div><dt>Median ms</dt><dd>The wall time of a run in milliseconds: the median with its 95 % confidence interval, and below it
            the speed-up over <code>sequential</code> in the same experiment.</dd></div>
            <div><dt>Break-even point</dt><dd>The value from which on one model stays faster than another at every larger measured value:
            where the ratio of their wall times, compared round by round, crosses 1 for the last time. Between two measured values it is
            interpolated with both axes logarithmic. The interval and the decision come from resampling the rounds: a point is told only
            if 95 % of the resamples cross inside the measured range, if the whole interval lies there, and if the two models are told apart
            on both sides of it. Nothing is extrapolated.</dd></div>

            """);
        if (document.Fits.Count > 0)
        {
            html.Write(
                $"""
                <div><dt>σ, κ, peak</dt><dd>The Universal Scalability Law fitted to the throughput: contention, coherency, and the degree with the
                highest throughput, with 95 % intervals from resampling the rounds. “none” means that throughput never falls.</dd></div>
                <div><dt>Residuals</dt><dd>How far the measured throughput lies above the fitted one, by value in percent, and their root mean
                square. Large ones mean that the law does not describe the model.</dd></div>

                """);
        }

        html.WriteLine(
            $"""
            </dl>
            <p>Beside this file: <code>sweep.json</code> (all figures) and <code>sweep.md</code> (for a pull request). Every experiment has a folder of its own with its report.</p>
            </section>
            """);
    }
}
