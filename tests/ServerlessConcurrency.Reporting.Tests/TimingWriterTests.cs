using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class TimingWriterTests
{
    public static TheoryData<string> Formats => [.. Exporters.Timings.Select(exporter => exporter.Format)];

    /// <summary>Those with a row for each attempt that can be read as text, and without the end of the file.</summary>
    public static TheoryData<string> TextFormats => [.. Exporters.Timings.Select(exporter => exporter.Format).Except(["parquet", "openmetrics"])];

    [Theory]
    [MemberData(nameof(TextFormats))]
    public async Task Every_finished_run_is_in_the_file_even_if_the_program_is_killed(string format)
    {
        using var output = new MemoryStream();
        ITimingWriter writer = Exporter(format).Begin("id", output);

        await writer.WriteAsync(SampleRun.Of(SampleRun.Timing(host: "first-1")));
        Assert.Contains("first-1", Written.Text(output), StringComparison.Ordinal);
        await writer.WriteAsync(SampleRun.Of(SampleRun.Timing(host: "second-2", process: 2)));
        Assert.Contains("second-2", Written.Text(output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("trace")]
    public async Task A_file_that_was_cut_after_a_run_becomes_valid_by_closing_the_array(string format)
    {
        using var output = new MemoryStream();
        ITimingWriter writer = Exporter(format).Begin("id", output);
        foreach (RunTimings run in SampleExperiment.Create(rounds: 1).Timings)
        {
            await writer.WriteAsync(run);
            using var events = JsonDocument.Parse(Written.Text(output) + "]");
            Assert.NotEqual(0, events.RootElement.GetArrayLength());
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_output_stays_open(string format)
    {
        using var output = new MemoryStream();
        ITimingWriter writer = Exporter(format).Begin("id", output);
        await writer.WriteAsync(SampleRun.Of(SampleRun.Timing()));
        await writer.DisposeAsync();
        await writer.DisposeAsync();

        Assert.True(output.CanWrite);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.WriteAsync(SampleRun.Of()));
    }

    [Theory]
    [MemberData(nameof(TextFormats))]
    public async Task After_a_failed_write_the_file_takes_no_more_and_does_not_look_complete(string format)
    {
        using var output = new FullDisk(bytesLeft: 100_000);
        ITimingWriter writer = Exporter(format).Begin("id", output);
        RunTimings run = SampleRun.Of([.. Enumerable.Range(0, 5_000).Select(task => SampleRun.Timing(task))]);

        await Assert.ThrowsAsync<IOException>(async () => await writer.WriteAsync(run));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.WriteAsync(run));
        long length = output.Length;
        output.BytesLeft = int.MaxValue;
        await writer.DisposeAsync();

        Assert.Equal(length, output.Length);
    }

    [Theory]
    [MemberData(nameof(TextFormats))]
    public async Task A_run_cancelled_before_it_was_begun_does_no_harm(string format)
    {
        using var output = new MemoryStream();
        await using ITimingWriter writer = Exporter(format).Begin("id", output);

        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await writer.WriteAsync(SampleRun.Of(SampleRun.Timing()), new CancellationToken(canceled: true)));
        await writer.WriteAsync(SampleRun.Of(SampleRun.Timing(host: "next-1")));

        Assert.Contains("next-1", Written.Text(output), StringComparison.Ordinal);
    }

    private static ITimingExporter Exporter(string format) => Exporters.Timings.Single(exporter => exporter.Format == format);

    private sealed class FullDisk(int bytesLeft) : MemoryStream
    {
        public int BytesLeft { get; set; } = bytesLeft;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Length > BytesLeft)
                throw new IOException("No space left on device");
            BytesLeft -= buffer.Length;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
