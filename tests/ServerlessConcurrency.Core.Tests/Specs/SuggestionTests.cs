using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Specs;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["threads", "thread-pool", "async", "event-loop", "queue", "C1"];

    [Theory]
    [InlineData("threds", "threads")]
    [InlineData("Threads", "threads")]
    [InlineData("asycn", "async")]
    [InlineData("even-lop", "event-loop")]
    [InlineData("event", "event-loop")]
    [InlineData("quue", "queue")]
    [InlineData("fibers", null)]
    [InlineData("C2", null)]
    [InlineData("as", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_suggested_unless_all_are_far(string given, string? expected) =>
        Assert.Equal(expected, Suggestion.For(given, Known));

    [Fact]
    public void An_unknown_name_is_told_with_what_may_be_meant_and_what_is_known()
    {
        Assert.Equal("unknown model 'asinc', did you mean 'async'? Known: async, queue", Suggestion.Unknown("model", "asinc", ["async", "queue"]));
        Assert.Equal("unknown model 'fibers'; known: async, queue", Suggestion.Unknown("model", "fibers", ["async", "queue"]));
    }
}
