using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;

namespace ServerlessConcurrency.Core.Tests.Engine;

public sealed class ExperimentCourseTests
{
    [Fact]
    public async Task A_sink_that_is_interrupted_while_it_begins_hears_how_it_ended()
    {
        using var cancellation = new CancellationTokenSource();
        var sink = new RecordingSink
        {
            Before = call =>
            {
                if (call != "begin")
                    return;
                cancellation.Cancel();
                cancellation.Token.ThrowIfCancellationRequested();
            },
        };

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential"), [sink], cancellationToken: cancellation.Token);

        Assert.Equal((ExperimentStatus.Cancelled, null), (outcome.Document.Status, outcome.Failure));
        Assert.Equal(["begin", "end"], sink.Calls);
    }

    [Fact]
    public async Task A_sink_whose_call_ran_out_of_time_gets_nothing_more()
    {
        var sink = new RecordingSink
        {
            Before = call =>
            {
                if (call == "append")
                    throw new TaskCanceledException("a time-out of its own");
            },
        };
        var other = new RecordingSink();

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential"), [sink, other]);

        Assert.Equal(ExperimentStatus.Failed, outcome.Document.Status);
        Assert.Equal(["begin", "append"], sink.Calls);
        Assert.Equal(["begin", "append", "end"], other.Calls);
    }

    [Fact]
    public async Task What_was_measured_goes_to_all_sinks_at_once()
    {
        using var both = new Barrier(2);
        RecordingSink[] sinks = [Waiting(), Waiting()];

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential"), sinks);

        Assert.Null(outcome.Failure);
        Assert.All(sinks, sink => Assert.Equal(3, sink.Runs.Count));

        RecordingSink Waiting() => new()
        {
            Before = call => Assert.True(call != "append" || both.SignalAndWait(TimeSpan.FromMinutes(1)), "the other does not come"),
        };
    }

    [Theory]
    [InlineData("begin", 0)]
    [InlineData("append", 1)]
    public async Task When_a_sink_fails_the_others_get_all_that_was_measured_and_the_end(string call, int measured)
    {
        var failing = RecordingSink.FailingAt(call);
        var before = new RecordingSink();
        var after = new RecordingSink();

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential"), [before, failing, after]);

        Assert.IsType<StorageUnavailableException>(outcome.Failure);
        Assert.Equal((ExperimentStatus.Failed, $"the sink failed at {call}"), (outcome.Document.Status, outcome.Document.Error));
        Assert.Equal(call, failing.Calls[^1]);
        foreach (RecordingSink sink in new[] { before, after })
        {
            Assert.Equal(["begin", .. Enumerable.Repeat("append", measured), "end"], sink.Calls);
            Assert.Equal(ExperimentStatus.Failed, sink.Ended.Status);
            Assert.Equal(measured, sink.Ended.Runs.Count);
        }
    }

    [Fact]
    public async Task When_a_sink_fails_at_the_end_the_others_still_get_it()
    {
        var failing = RecordingSink.FailingAt("end");
        var after = new RecordingSink();

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential"), [failing, after]);

        Assert.IsType<StorageUnavailableException>(outcome.Failure);
        Assert.Equal("end", after.Calls[^1]);
        Assert.Equal(3, after.Ended.Runs.Count);
    }

    [Theory]
    [InlineData("append", false)]
    [InlineData("end", false)]
    [InlineData("append", true)]
    [InlineData("end", true)]
    public async Task A_disk_or_memory_that_is_full_for_timings_is_still_told_how_it_ended(string call, bool isMemory)
    {
        Exception full = isMemory ? new TypeInitializationException("Page", new InsufficientMemoryException()) : new IOException("No space left on device");
        var sink = new RecordingSink { Before = Throw };

        ExperimentOutcome outcome = await Experiment.RunAsync(Experiment.Spec("sequential"), [sink]);

        Assert.Same(full, outcome.Failure);
        Assert.Equal([call, "update"], sink.Calls[^2..]);
        Assert.Equal(call == "end" ? ExperimentStatus.Completed : ExperimentStatus.Failed, sink.Ended.Status);

        void Throw(string current)
        {
            if (current == call)
                throw full;
        }
    }

    [Fact]
    public async Task What_a_sink_was_given_does_not_change_behind_its_back()
    {
        var sink = new RecordingSink();

        await Experiment.RunAsync(Experiment.Spec("sequential"), [sink]);

        Assert.Equal([0, 1, 2, 3, 3], sink.Documents.Select(document => document.Runs.Count));
        Assert.Equal([0, 2, 3, 4, 4], sink.Documents.Select(document => document.Progress.RunsDone));
    }
}
