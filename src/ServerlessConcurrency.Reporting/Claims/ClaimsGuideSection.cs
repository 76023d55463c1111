using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>How to read the report: what a verdict means and how it was drawn.</summary>
internal static class ClaimsGuideSection
{
    public static void Write(HtmlWriter html) => html.Write(
        $"""
        <section>
        <h2 id="guide">How to read this</h2>
        <p>Each claim was put to the test on this machine by an experiment of its own, in .NET and, where a Python interpreter was found, in
        CPython with the same work. A claim about a global interpreter lock was also measured in .NET under an emulated one,
        <code>{GilThreadsModel.ModelId}</code>. What is compared was measured in turn, round by round, so that a slow moment of the machine hits all
        alike.</p>
        <dl>
        <div><dt>Criterion</dt><dd>A condition under which the claim holds. It is met, or not met, only if the whole 95 % confidence interval
        of its figure lies on that side of the bound; otherwise it is undecided. What must happen in every trial is refuted by a single
        exception, and shown by six trials or more without one; the interval of a share of trials is exact (Clopper and Pearson).</dd></div>
        <div><dt>Holds</dt><dd>Every criterion is met.</dd></div>
        <div><dt>Does not hold</dt><dd>At least one criterion is not met.</dd></div>
        <div><dt>Inconclusive</dt><dd>It was measured, and the intervals decide neither way: the machine was too noisy, the figure lies
        too close to the bound, or others used the processors meanwhile. A full measurement decides more than a quick one.</dd></div>
        <div><dt>Not measurable here</dt><dd>This machine or engine lacks what the experiment needs; the reason says what.</dd></div>
        <div><dt>Failed</dt><dd>The measurement was begun and broke off with an error, which is shown; it says nothing of the claim.</dd></div>
        <div><dt>Decisive figure</dt><dd>The figure of the criterion that decided: the first that is not met, else the first undecided one,
        else the first.</dd></div>
        </dl>
        <p>A verdict holds for this machine, system and runtime. All figures are in <code>experiment.json</code> beside this file.</p>
        </section>

        """);
}
