using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Tests.Wording;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 tasks")]
    [InlineData(1, "1 task")]
    [InlineData(2, "2 tasks")]
    [InlineData(1_000_000, "1,000,000 tasks")]
    public void One_is_one_and_not_several(long number, string expected) => Assert.Equal(expected, Counted.Of(number, "task"));

    [Fact]
    public void Several_may_end_otherwise() => Assert.Equal(
        ["1 process", "3 processes"], new long[] { 1, 3 }.Select(number => Counted.Of(number, "process", "processes")));
}
