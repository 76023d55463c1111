using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.TimingsCsv;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class TimingsCsvTests
{
    private const string Header =
        "experimentId,runId,round,workload,size,model,degree,taskIndex,attempt,hostId,processId,threadId,queuedMs,startedMs,finishedMs,checksum,outcome";

    private static readonly TimingsCsvExporter Exporter = new();

    [Fact]
    public async Task The_file_has_the_documented_header_and_a_row_per_attempt()
    {
        string csv = await Written.ByAsync(Exporter, "20260131-093000-k7qd", [SampleRun.Of(
            new TaskTiming(0, 1, "lab-1-40", 40, 7, 0, 0.5, 10.123456, 0x0123456789ABCDEF, TaskOutcome.Succeeded),
            new TaskTiming(1, 1, "lab-1-41", 41, 0, 0.00004, 1234.5, 301_234.56786, 0, TaskOutcome.TimedOut),
            new TaskTiming(1, 2, "lab-1-42", 42, 1, 0.00005, -0.25, 2, ulong.MaxValue, TaskOutcome.Duplicate))]);

        Assert.Equal(
            Header + "\n"
            + "20260131-093000-k7qd,r001-01,1,primes,20000,threads,2,0,1,lab-1-40,40,7,0.0000,0.5000,10.1235,0123456789abcdef,succeeded\n"
            + "20260131-093000-k7qd,r001-01,1,primes,20000,threads,2,1,1,lab-1-41,41,0,0.0000,1234.5000,301234.5679,0000000000000000,timed-out\n"
            + "20260131-093000-k7qd,r001-01,1,primes,20000,threads,2,1,2,lab-1-42,42,1,0.0001,-0.2500,2.0000,ffffffffffffffff,duplicate\n",
            csv);
    }

    [Fact]
    public async Task Without_any_run_the_file_is_the_header() =>
        Assert.Equal(Header + "\n", await Written.ByAsync(Exporter, "id", []));

    [Fact]
    public async Task Fields_with_commas_quotes_or_line_breaks_are_quoted()
    {
        string csv = await Written.ByAsync(Exporter, "a,b", [SampleRun.Of(SampleRun.Timing(host: "say \"hi\"\r\n-40"))]);

        Assert.Contains("\n\"a,b\",r001-01,", csv, StringComparison.Ordinal);
        Assert.Contains(",\"say \"\"hi\"\"\r\n-40\",40,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_possible_numbers_fit_into_a_row()
    {
        TaskTiming timing = new(
            int.MinValue, int.MinValue, "h", int.MinValue, int.MinValue, double.MinValue, double.MinValue, double.MinValue, ulong.MaxValue, TaskOutcome.Succeeded);

        string csv = await Written.ByAsync(Exporter, "id", [SampleRun.Of(timing)]);

        Assert.Equal(17, CsvParser.Parse(csv)[1].Length);
    }

    [Property(MaxTest = 200)]
    public Property Every_attempt_comes_back_from_its_row() => Prop.ForAll(
        SampleRun.AnyTiming.ArrayOf().ToArbitrary(),
        timings =>
        {
            string csv = Written.ByAsync(Exporter, "id", [SampleRun.Of(timings)]).GetAwaiter().GetResult();

            IReadOnlyList<string[]> rows = CsvParser.Parse(csv);
            Assert.Equal(timings.Length, rows.Count - 1);
            Assert.Equal(timings, rows.Skip(1).Select(TimingOf));
        });

    private static TaskTiming TimingOf(string[] row) => new(
        int.Parse(row[7], CultureInfo.InvariantCulture),
        int.Parse(row[8], CultureInfo.InvariantCulture),
        row[9],
        int.Parse(row[10], CultureInfo.InvariantCulture),
        int.Parse(row[11], CultureInfo.InvariantCulture),
        double.Parse(row[12], CultureInfo.InvariantCulture),
        double.Parse(row[13], CultureInfo.InvariantCulture),
        double.Parse(row[14], CultureInfo.InvariantCulture),
        ulong.Parse(row[15], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        Enum.Parse<TaskOutcome>(row[16].Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
}
