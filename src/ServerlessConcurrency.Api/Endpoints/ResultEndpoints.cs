using System.Text;
using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Api.Problems;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>The files of an experiment: timings, trace, report. Safe for all threads; one for the life of the program.</summary>
public sealed class ResultEndpoints(IExperimentStore store, IExperimentEngine engine)
{
    private static readonly HtmlReportExporter Html = new();
    private readonly ObservedExperiments _known = new(store, engine);

    /// <summary><c>GET experiments/{id}/timings</c>: every task attempt, streamed from storage run by run.</summary>
    /// <param name="request">The request: <c>format</c>, <c>csv</c> unless given, or <c>json</c>.</param>
    /// <returns>200 with the file, or a problem: 409 while the experiment is under way, 404 for claims.</returns>
    public Task<IResult> TimingsAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        string? format = request.Query["format"];
        return TimingFormats.Tables.FirstOrDefault(exporter => format is null || exporter.Format == format) is { } exporter
            ? StreamAsync(request, id, exporter, cancellationToken)
            : Faults.AnswerAsync(request, () => Task.FromResult<IResult>(ProblemResult.BadInput(new SpecError(
                "format", $"is unknown; known: {string.Join(", ", TimingFormats.Tables.Select(exporter => exporter.Format))}"))));
    }

    /// <summary><c>GET experiments/{id}/trace</c>: every task attempt in the Chrome trace event format.</summary>
    /// <returns>200 with the file, or a problem: 409 while the experiment is under way, 404 for claims.</returns>
    public Task<IResult> TraceAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        StreamAsync(request, id, TimingFormats.Trace, cancellationToken);

    /// <summary><c>GET experiments/{id}/report</c>: the report; a provisional one, without a timeline, while the experiment is under way.</summary>
    /// <returns>200 with HTML, or a problem.</returns>
    public Task<IResult> ReportAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, async () =>
        {
            if (await _known.FindAsync(id, cancellationToken) is not { } document)
                return ProblemResult.NoSuchExperiment(id);
            IHeaderDictionary headers = request.HttpContext.Response.Headers;
            headers.ContentDisposition = $"inline; filename=\"{id}-{Html.FileName}\"";
            headers.ContentSecurityPolicy = $"{HtmlPage.Policy}; frame-ancestors 'none'";
            byte[]? stored = document.Status.HasEnded() ? await ReadStoredAsync(id, cancellationToken) : null;
            // Not what another version of this program wrote, whose style sheet and script the policy of this one would refuse.
            if (stored is not null && Has(stored, HtmlPage.Policy))
                return Results.Bytes(stored, Html.MediaType);
            using var rendered = new MemoryStream();
            await RenderAsync(document.Status.HasEnded() ? document : ExperimentConclusion.Draw(document), rendered, cancellationToken);
            byte[] report = rendered.ToArray();
            // One without script was asked for.
            if (stored is not null && Has(stored, "script-src"))
                await ReplaceStoredAsync(id, report, cancellationToken);
            return Results.Bytes(report, Html.MediaType);
        });

    // To read all timings in the process that measures would disturb it.
    private async Task RenderAsync(MeasurementDocument document, Stream output, CancellationToken cancellationToken)
    {
        if (!document.Status.HasEnded())
        {
            await Html.WriteAsync(document, output, cancellationToken);
            return;
        }

        using Turn turn = await Turn.WaitAsync(cancellationToken);
        await Html.WriteAsync(document, experiment => store.ReadTimingsAsync(experiment, cancellationToken), output, cancellationToken);
    }

    // Or it would be rendered each time.
    private async Task ReplaceStoredAsync(string id, byte[] report, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream(report);
            await store.SaveFileAsync(id, Html.FileName, content, cancellationToken);
            // Deleted meanwhile, nothing of it comes back.
            if (await store.FindAsync(id, cancellationToken) is null)
                await store.DeleteAsync(id, cancellationToken);
        }
        catch (Exception exception) when (Faults.Describe(exception) is not null)
        {
            // What was asked for is there all the same.
        }
    }

    private async Task<byte[]?> ReadStoredAsync(string id, CancellationToken cancellationToken)
    {
        await using Stream? stored = await store.OpenFileAsync(id, Html.FileName, cancellationToken);
        if (stored is null)
            return null;
        using var report = new MemoryStream();
        await stored.CopyToAsync(report, cancellationToken);
        return report.ToArray();
    }

    private static bool Has(byte[] report, string text) => report.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private Task<IResult> StreamAsync(HttpRequest request, string id, ITimingExporter exporter, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, async () =>
        {
            if (await _known.FindAsync(id, cancellationToken) is not { } document)
                return ProblemResult.NoSuchExperiment(id);
            if (document is not ExperimentDocument experiment)
                return ProblemResult.NoRuns(document);
            if (!document.Status.HasEnded())
                return ProblemResult.UnderWay(document);
            return await TimingsResult.OpenAsync(store, engine, experiment, exporter, cancellationToken);
        });
}
