using System.Globalization;
using DuckDB.NET.Data;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.TimingsCsv;
using ServerlessConcurrency.Reporting.TimingsParquet;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>What another program reads from timings.parquet: DuckDB.</summary>
public sealed class TimingsParquetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Another_program_reads_the_rows_of_timings_csv()
    {
        IReadOnlyList<RunTimings> runs = [.. SampleExperiment.Create(rounds: 2).Timings];
        await WriteAsync(new TimingsParquetExporter(), "timings.parquet", runs);
        await WriteAsync(new TimingsCsvExporter(), "timings.csv", runs);

        string[] columns = [.. TimingColumns.All.Select(column => column.Name)];
        Assert.Equal(columns, Query("select column_name from (describe select * from read_parquet('timings.parquet'))").Select(row => row[0]));
        // Times have four decimals in CSV.
        string list = string.Join(", ", columns.Select(name => name.EndsWith("Ms", StringComparison.Ordinal) ? $"round({name}, 4) as {name}" : $"{name}::varchar as {name}"));
        const string Csv = "read_csv('timings.csv', types = {'checksum': 'VARCHAR'})";
        Assert.NotEmpty(runs.SelectMany(run => run.Timings));
        Assert.Empty(Query($"select {list} from read_parquet('timings.parquet') except all select {list} from {Csv}"));
        Assert.Empty(Query($"select {list} from {Csv} except all select {list} from read_parquet('timings.parquet')"));
    }

    [Fact]
    public async Task Rows_are_in_groups_whatever_the_runs_and_sums_are_right()
    {
        const int Tasks = 50_000;
        RunTimings[] runs = [.. Enumerable.Range(0, 4).Select(_ => SampleRun.Of([.. Enumerable.Range(0, Tasks).Select(task => SampleRun.Timing(task))]))];
        await WriteAsync(new TimingsParquetExporter(), "timings.parquet", runs);

        Assert.Equal(
            [(4L * Tasks).ToString(CultureInfo.InvariantCulture), (4L * Tasks * (Tasks - 1) / 2).ToString(CultureInfo.InvariantCulture)],
            Assert.Single(Query("select count(*), sum(taskIndex) from read_parquet('timings.parquet')")));
        Assert.Equal(
            [.. Enumerable.Repeat("16384", 12), "3392"],
            Query("select distinct row_group_id, row_group_num_rows from parquet_metadata('timings.parquet') order by row_group_id").Select(row => row[1]));
    }

    [Fact]
    public async Task An_experiment_without_rows_is_a_file_without_rows()
    {
        await WriteAsync(new TimingsParquetExporter(), "timings.parquet", []);

        Assert.Equal("0", Assert.Single(Query("select count(*) from read_parquet('timings.parquet')"))[0]);
    }

    [Fact]
    public async Task A_file_whose_disk_is_full_does_not_look_complete()
    {
        using var disk = new MemoryStream(new byte[4_000]);
        ITimingWriter writer = new TimingsParquetExporter().Begin("id", disk);
        await writer.WriteAsync(SampleRun.Of([.. Enumerable.Range(0, 5_000).Select(task => SampleRun.Timing(task) with { Checksum = (ulong)task * 7_919 })]));

        await Assert.ThrowsAsync<NotSupportedException>(async () => await writer.DisposeAsync());
        await writer.DisposeAsync();

        Assert.False(disk.ToArray().AsSpan(0, (int)disk.Position).EndsWith("PAR1"u8));
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync(ITimingExporter exporter, string name, IReadOnlyList<RunTimings> runs)
    {
        await using FileStream file = File.Create(Path.Combine(_folder.Path, name));
        await using ITimingWriter writer = exporter.Begin("20260131-093000-k7qd", file);
        foreach (RunTimings run in runs)
            await writer.WriteAsync(run);
    }

    private List<string[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql.Replace("('timings", $"('{_folder.Path}/timings", StringComparison.Ordinal);
        using DuckDBDataReader reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!)]);
        return rows;
    }
}
