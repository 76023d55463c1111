using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.TimingsParquet;

namespace ServerlessConcurrency.Api.Tests;

public sealed class ResultTests : ApiTest
{
    [Theory(Timeout = Guard)]
    [InlineData("timings", "timings.csv", "text/csv")]
    [InlineData("timings?format=csv", "timings.csv", "text/csv")]
    [InlineData("trace", "trace.json", "application/json")]
    public async Task A_file_is_what_the_engine_wrote(string route, string file, string mediaType)
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();

        HttpResponseMessage response = await Http.GetAsync($"experiments/{document.Id}/{route}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"{document.Id}-{file}", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, file)), await response.Content.ReadAsStringAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task Timings_as_JSON_have_a_row_for_each_attempt()
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();

        JsonNode rows = await JsonAsync(await Http.GetAsync($"experiments/{document.Id}/timings?format=json"));

        int expected = (await File.ReadAllLinesAsync(Path.Combine(folder, "timings.csv"))).Length - 1;
        Assert.Equal(expected, rows.AsArray().Count);
        Assert.Equal(document.Runs[0].RunId, (string)rows[0]!["runId"]!);
    }

    [Theory(Timeout = Guard)]
    [InlineData("timings")]
    [InlineData("timings?format=parquet")]
    [InlineData("trace")]
    public async Task Where_no_timings_are_left_that_is_a_problem(string route)
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();
        File.Delete(Path.Combine(folder, "timings.csv"));

        JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments/{document.Id}/{route}"), HttpStatusCode.InternalServerError);

        Assert.Equal($"experiment {document.Id} has 2 runs, and none of their timings is left", (string)problem["detail"]!);
    }

    [Fact(Timeout = Guard)]
    public async Task Timings_as_Parquet_are_the_file_that_the_exporter_writes()
    {
        (ExperimentDocument document, _) = await StoreEndedAsync();
        using var expected = new MemoryStream();
        await using (ITimingWriter writer = new TimingsParquetExporter().Begin(document.Id, expected))
            await foreach (RunTimings run in Store.ReadTimingsAsync(document))
                await writer.WriteAsync(run);

        using HttpResponseMessage response = await Http.GetAsync($"experiments/{document.Id}/timings?format=parquet");

        Assert.Equal("application/vnd.apache.parquet", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(expected.ToArray(), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task An_unknown_format_is_refused_with_those_that_are_known()
    {
        JsonObject problem = await ProblemAsync(
            await Http.GetAsync("experiments/20260131-093000-k7qd/timings?format=xml"), HttpStatusCode.BadRequest);

        Assert.Contains("csv, json, parquet, openmetrics", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData("timings")]
    [InlineData("timings?format=json")]
    [InlineData("timings?format=parquet")]
    [InlineData("trace")]
    public async Task While_the_experiment_is_under_way_its_files_are_a_conflict_that_says_how_far_it_is(string route)
    {
        ExperimentDocument running = Samples.Running(DateTimeOffset.UtcNow);
        await Store.SaveAsync(running);

        JsonObject problem = await ProblemAsync(await Http.GetAsync($"experiments/{running.Id}/{route}"), HttpStatusCode.Conflict);

        Assert.Contains("1 of 12 runs", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Contains(running.Progress.CurrentRun!, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task The_report_of_an_ended_experiment_is_the_stored_one()
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();

        HttpResponseMessage response = await Http.GetAsync($"experiments/{document.Id}/report");

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), await response.Content.ReadAsStringAsync());
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task A_report_that_another_version_stored_is_written_anew_once_because_the_policy_would_refuse_its_script()
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();
        string path = Path.Combine(folder, "report.html");
        string stored = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, stored.Replace("script-src 'sha256-", "script-src 'sha256-of-another-version-", StringComparison.Ordinal));
        await Store.SaveAsync(document with { Findings = [new Finding("a-code", FindingSeverity.Info, "What that version found.")] });

        string report = await Http.GetStringAsync($"experiments/{document.Id}/report");

        Assert.Contains(HtmlPage.Policy, report, StringComparison.Ordinal);
        Assert.DoesNotContain("of-another-version", report, StringComparison.Ordinal);
        // As everything else that is shown of it.
        Assert.Contains("What that version found.", report, StringComparison.Ordinal);
        Assert.Contains("id=\"timeline\"", report, StringComparison.Ordinal);
        Assert.Equal(report, await File.ReadAllTextAsync(path));
    }

    [Fact(Timeout = Guard)]
    public async Task A_report_without_script_that_somebody_stored_stays_and_one_with_script_is_shown()
    {
        (ExperimentDocument document, string folder) = await StoreEndedAsync();
        string path = Path.Combine(folder, "report.html");
        await using (FileStream file = File.Create(path))
            await new HtmlReportExporter(isStatic: true).WriteAsync(document, file);
        string stored = await File.ReadAllTextAsync(path);

        string report = await Http.GetStringAsync($"experiments/{document.Id}/report");

        Assert.Contains(HtmlPage.Policy, report, StringComparison.Ordinal);
        Assert.Equal(stored, await File.ReadAllTextAsync(path));
    }

    [Theory(Timeout = Guard)]
    [InlineData(ExperimentStatus.Running, "Still running")]
    [InlineData(ExperimentStatus.Pending, "Waiting for its turn")]
    public async Task The_report_of_an_experiment_under_way_says_that_it_is(ExperimentStatus status, string words)
    {
        ExperimentDocument document = Samples.Running(DateTimeOffset.UtcNow) with { Status = status, Runs = Samples.Completed(runs: 2).Runs };
        await Store.SaveAsync(document);
        await Store.AppendAsync(document.Id, Samples.Timings(document.Runs[0], tasks: 3));

        string report = await Http.GetStringAsync($"experiments/{document.Id}/report");

        // Timings are read when nothing is measured any more.
        Assert.DoesNotContain("id=\"timeline\"", report, StringComparison.Ordinal);
        Assert.Contains(words, report, StringComparison.Ordinal);
        // The figures of the runs there are.
        Assert.Contains("12.5", report, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_that_was_cancelled_before_it_began_has_files_without_rows()
    {
        ExperimentDocument document = Samples.Pending() with { Status = ExperimentStatus.Cancelled };
        await Store.SaveAsync(document);

        string csv = await Http.GetStringAsync($"experiments/{document.Id}/timings");
        using var trace = JsonDocument.Parse(await Http.GetStringAsync($"experiments/{document.Id}/trace"));
        string report = await Http.GetStringAsync($"experiments/{document.Id}/report");

        Assert.Single(csv.TrimEnd().Split('\n'));
        Assert.Contains("Cancelled", report, StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData("timings")]
    [InlineData("timings?format=json")]
    [InlineData("timings?format=parquet")]
    [InlineData("trace")]
    public async Task A_file_that_breaks_off_does_not_look_complete(string route)
    {
        (ExperimentDocument document, _) = await StoreEndedAsync();
        Store.FailAfterRuns = 1;

        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetByteArrayAsync($"experiments/{document.Id}/{route}"));
    }

    [Fact(Timeout = Guard)]
    public async Task Storage_that_fails_before_the_first_row_is_still_told_by_the_status()
    {
        (ExperimentDocument document, _) = await StoreEndedAsync();
        Store.FailAfterRuns = 0;

        await ProblemAsync(await Http.GetAsync($"experiments/{document.Id}/timings"), HttpStatusCode.ServiceUnavailable);
    }
}
