using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>How to read the report: what each column means, with its unit.</summary>
internal static class GuideSection
{
    public static void Write(HtmlWriter html) => html.Write(
        $"""
        <section>
        <h2 id="guide">How to read this</h2>
        <p>Every model executed the same tasks. All models took turns in shuffled rounds, so that a slow moment of the machine
        hits all alike. A run is one pass over all tasks of a workload under one model; a run in which a task failed, or computed
        something else than the baseline did, is shown as failed and never averaged in.</p>
        <dl>
        <div><dt>Model</dt><dd>How the tasks were run. <code>sequential</code>, one after another on one thread, is the baseline.</dd></div>
        <div><dt>Degree</dt><dd>How many threads, processes or hosts worked at once.</dd></div>
        <div><dt>In flight</dt><dd>How many tasks could be under way at once: as many as the degree, or more where waits are awaited. Shown
        where it is not the degree.</dd></div>
        <div><dt>Runs</dt><dd>How many measured runs the figures rest on: the valid ones. “× 25”: a run was too short to be measured
        and was repeated so often in each round; its figures are means over the repetitions. “1 far off”: so many runs lie outside
        Tukey’s fences; they are kept.</dd></div>
        <div><dt>Median ms</dt><dd>The wall time of a run, from the start of the model to the last task’s result, in
        milliseconds: the median of the valid runs with its 95 % confidence interval. Less is better. With fewer than six
        valid runs the interval covers the median less surely than 95 %: a finding then says how much.</dd></div>
        <div><dt>Speed-up</dt><dd>How many times as fast as the baseline, compared within each round, with a 95 % bootstrap
        interval. The bar’s thin line stands at 1, where the baseline is.</dd></div>
        <div><dt>Efficiency</dt><dd>The speed-up divided by the degree: 1 if each thread, process or host does the full work of
        one. It can exceed 1 where one thread waits for many tasks at once.</dd></div>
        <div><dt>CPU ms</dt><dd>Processor time, user and kernel, of all processes of a run, in milliseconds: the median. More than
        the wall time means that several processors computed at once, far less that the tasks waited.</dd></div>
        <div><dt>Context switches</dt><dd>Medians of a run. Voluntary: a thread waited and gave its processor up. Involuntary: the
        scheduler took it away. “–” where the system does not count them.</dd></div>
        <div><dt>Peak RSS</dt><dd>The largest resident memory of a run in MiB, summed over its processes; the highest of all valid
        runs.</dd></div>
        <div><dt>Hosts</dt><dd>How many distinct processes executed tasks. Of models whose hosts take part on their own, the line below the table says
        when the first, half and all of them were at work.</dd></div>
        <div><dt>Verdict</dt><dd>Faster or slower than the baseline only if the whole interval of the speed-up lies on that side of
        1, the middle is more than 3 % away from it, and the p-value of the paired rounds, corrected by Holm’s method for the number of
        comparisons in this report, is under 0.05: that of Wilcoxon’s signed-rank test where there are enough of them for so many
        comparisons, else that of Student’s t test of the logarithms. No difference only if the whole interval lies within 3 % of 1.
        Otherwise, and with fewer than six valid rounds, the evidence decides nothing, and the verdict is inconclusive.</dd></div>
        </dl>
        </section>

        """);
}
