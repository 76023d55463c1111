using Microsoft.Extensions.Time.Testing;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Engine;

public sealed class BufferedSinkTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SlowSink _storage = new();

    [Fact]
    public async Task What_is_taken_at_once_does_not_wait()
    {
        BufferedSink sink = await BegunAsync();

        await AppendAsync(sink, "r1", timings: 5);

        Assert.Equal(["begin", "r1"], _storage.Taken);
        Assert.Equal(0, sink.WaitingTimings);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(7, 7)]
    public async Task A_sink_that_hangs_is_waited_for_as_long_as_was_measured_and_at_least_two_seconds(double measured, double waited)
    {
        BufferedSink sink = await BegunAsync();
        _storage.Hangs = true;
        _clock.Advance(TimeSpan.FromSeconds(measured));

        Task appending = AppendAsync(sink, "r1", timings: 5);
        _clock.Advance(TimeSpan.FromSeconds(waited - 0.01));
        Assert.False(appending.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.02));
        await appending;

        Assert.Equal(5, sink.WaitingTimings);
    }

    [Fact]
    public async Task What_waits_is_handed_over_in_order_once_the_sink_takes_it_again()
    {
        BufferedSink sink = await BegunAsync();
        _storage.Fails = true;
        await AppendAsync(sink, "r1", timings: 5);
        await AppendAsync(sink, "r2", timings: 7);
        Assert.Equal(12, sink.WaitingTimings);

        _storage.Fails = false;
        await AppendAsync(sink, "r3", timings: 1);

        Assert.Equal(["begin", "r1", "r2", "r3"], _storage.Taken);
        Assert.Equal(0, sink.WaitingTimings);
    }

    [Fact]
    public async Task With_too_much_in_memory_the_sink_is_waited_for_and_its_failure_is_told()
    {
        BufferedSink sink = await BegunAsync(mostTimings: 10);
        _storage.Fails = true;
        await AppendAsync(sink, "r1", timings: 10);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => AppendAsync(sink, "r2", timings: 1));

        Assert.Equal(11, sink.WaitingTimings);
        Assert.Equal(["begin"], _storage.Taken);
    }

    [Fact]
    public async Task At_the_end_everything_is_handed_over_before_the_conclusions()
    {
        BufferedSink sink = await BegunAsync();
        _storage.Fails = true;
        await AppendAsync(sink, "r1", timings: 5);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => sink.EndAsync(SmallDocument, default));
        Assert.Equal(["begin"], _storage.Taken);

        _storage.Fails = false;
        await sink.EndAsync(SmallDocument, default);

        Assert.Equal(["begin", "r1", "end"], _storage.Taken);
    }

    private static ExperimentDocument SmallDocument => Samples.Running();

    private async Task<BufferedSink> BegunAsync(int mostTimings = 1_000)
    {
        var sink = new BufferedSink(_storage, _clock, mostTimings);
        await sink.BeginAsync(SmallDocument, default);
        return sink;
    }

    private static Task AppendAsync(BufferedSink sink, string runId, int timings) => sink.AppendAsync(
        SmallDocument, new RunTimings(Samples.Run(1) with { RunId = runId }, new TaskTiming[timings]), default);

    /// <summary>Storage that does not answer, or refuses.</summary>
    private sealed class SlowSink : IExperimentSink
    {
        public List<string> Taken { get; } = [];

        public bool Hangs { get; set; }

        public bool Fails { get; set; }

        public Task BeginAsync(MeasurementDocument document, CancellationToken cancellationToken) => Take("begin");

        public async Task AppendAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken)
        {
            if (Hangs)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            if (Fails)
                throw new StorageUnavailableException("the storage does not answer");
            await Take(run.Run.RunId);
        }

        public Task UpdateAsync(MeasurementDocument document, CancellationToken cancellationToken) => Take("update");

        public Task EndAsync(MeasurementDocument document, CancellationToken cancellationToken) => Take("end");

        private Task Take(string what)
        {
            Taken.Add(what);
            return Task.CompletedTask;
        }
    }
}
