using FsCheck.Xunit;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class StorageFanInTests
{
    [Property]
    public bool The_ranges_hold_every_open_task_and_few_ended_ones(bool[] ended, byte gap)
    {
        int largestGap = (gap % 5) + 1;
        (int From, int To)[] ranges = [.. StorageFanIn.OpenRanges(ended, largestGap)];
        bool[] read = new bool[ended.Length];
        foreach ((int from, int to) in ranges)
            read.AsSpan(from, to - from + 1).Fill(true);

        bool allOpenAreRead = ended.Zip(read).All(pair => pair.First || pair.Second);
        bool endsAreOpen = ranges.All(range => !ended[range.From] && !ended[range.To]);
        bool sortedAndApart = ranges.Zip(ranges.Skip(1)).All(pair => pair.Second.From - pair.First.To > largestGap);
        bool noLongerGapIsRead = ranges.All(range => LongestRun(ended[range.From..(range.To + 1)]) < largestGap);
        return allOpenAreRead && endsAreOpen && sortedAndApart && noLongerGapIsRead;
    }

    [Theory]
    [InlineData(5, 0, 100, 20)]
    [InlineData(20, 50, 50, 80)]
    [InlineData(200, 50, 50, 250)]
    [InlineData(20, 90, 10, 55)]
    [InlineData(20, 99, 1, 10)]
    public void Looks_are_spaced_by_what_they_take_and_closer_when_the_end_is_near(int lookMs, int ended, int open, double pauseMs)
    {
        TimeSpan pause = StorageFanIn.Pause(TimeSpan.FromMilliseconds(lookMs), TimeSpan.FromMilliseconds(990), ended, open);
        Assert.Equal(pauseMs, pause.TotalMilliseconds, tolerance: 0.001);
    }

    private static int LongestRun(bool[] values)
    {
        int longest = 0;
        int current = 0;
        foreach (bool value in values)
        {
            current = value ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
