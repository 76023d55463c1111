using FsCheck.Xunit;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class FanInTests
{
    [Property]
    public bool The_ranges_hold_every_open_task_and_few_ended_ones(bool[] ended, byte gap)
    {
        int largestGap = (gap % 5) + 1;
        (int From, int To)[] ranges = [.. FanIn.OpenRanges(ended, largestGap)];
        bool[] read = new bool[ended.Length];
        foreach ((int from, int to) in ranges)
            read.AsSpan(from, to - from + 1).Fill(true);

        bool allOpenAreRead = ended.Zip(read).All(pair => pair.First || pair.Second);
        bool endsAreOpen = ranges.All(range => !ended[range.From] && !ended[range.To]);
        bool sortedAndApart = ranges.Zip(ranges.Skip(1)).All(pair => pair.Second.From - pair.First.To > largestGap);
        bool noLongerGapIsRead = ranges.All(range => LongestRun(ended[range.From..(range.To + 1)]) < largestGap);
        return allOpenAreRead && endsAreOpen && sortedAndApart && noLongerGapIsRead;
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
