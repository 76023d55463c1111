using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Runs;

public sealed class TimingColumnTests
{
    [Theory]
    [InlineData("1.5", true)]
    [InlineData("1,5", false)]
    [InlineData("1,000.5", false)]
    public void A_time_is_written_with_a_point(string cell, bool isRead)
    {
        TaskTiming timing = default;

        Assert.Equal(isRead, TimingColumns.All.Single(column => column.Name == "startedMs").TryRead(cell, ref timing));
    }
}
