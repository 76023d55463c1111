using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Timings;

namespace ServerlessConcurrency.Storage.Tests.Timings;

public sealed class TimingsParquetReaderTests
{
    [Fact]
    public async Task A_damaged_file_is_rows_or_an_error_that_names_it()
    {
        byte[] written = await WriteAsync();
        Assert.Equal(Samples.Timings(Samples.Run(1), tasks: 300).Timings, await ReadAsync(written));

        int refused = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            try
            {
                await ReadAsync(Damage(written, new Random(seed)));
            }
            catch (InvalidDataException exception)
            {
                refused++;
                Assert.StartsWith("some.parquet cannot be read: ", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 100, 300);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_time_that_is_none_is_damage(double milliseconds)
    {
        RunTimings run = Samples.Timings(Samples.Run(1), tasks: 3);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await ReadAsync(await WriteAsync(run with { Timings = [.. run.Timings.Select(row => row with { StartedMs = milliseconds })] })));

        Assert.StartsWith("some.parquet cannot be read: ", exception.Message, StringComparison.Ordinal);
        run = run with { Timings = [.. run.Timings.Select(row => row with { StartedMs = -0.5 })] };
        Assert.Equal(run.Timings, await ReadAsync(await WriteAsync(run)));
    }

    [Fact]
    public async Task A_file_whose_reading_does_not_end_is_given_up()
    {
        var reader = new TimingsParquetReader(patience: TimeSpan.FromMilliseconds(50));

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => reader.ReadAsync("some.parquet", new EndlessStream(), CancellationToken.None));

        Assert.StartsWith("some.parquet cannot be read: ", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TaskTiming[]> ReadAsync(byte[] file) => new TimingsParquetReader().ReadAsync("some.parquet", new MemoryStream(file), CancellationToken.None);

    // As often as not in the footer, which tells where everything is.
    private static byte[] Damage(byte[] written, Random random)
    {
        byte[] file = [.. written];
        int count = random.Next(1, 12);
        int from = random.Next(2) == 0 ? Math.Max(0, file.Length - 3_200) : 0;
        for (int change = 0; change < count; change++)
            file[random.Next(from, file.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? file[..^random.Next(1, 2_000)] : file;
    }

    private static async Task<byte[]> WriteAsync(RunTimings? run = null)
    {
        using var file = new MemoryStream();
        await using (var writer = new TimingsParquetWriter("20260131-093000-k7qd", file))
            await writer.WriteAsync(run ?? Samples.Timings(Samples.Run(1), tasks: 300));
        return file.ToArray();
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override long Length => 1_000;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
            return 0;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
