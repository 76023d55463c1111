using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>
/// Lays a run's attempts out on tracks. Slices of one track must not overlap, but tasks that await on the same thread do:
/// they are spread over as few lanes as there are tasks under way at once. Times are whole microseconds, because Perfetto
/// turns fractions into nanoseconds by cutting, after which neighbours could overlap.
/// </summary>
internal static class TraceLayout
{
    public static TraceSlice[] Create(IReadOnlyList<TaskTiming> timings)
    {
        TraceSlice[] slices = Slices(timings);
        Array.Sort(slices, static (left, right) =>
            left.Host != right.Host ? left.Host.CompareTo(right.Host)
            : left.ThreadId != right.ThreadId ? left.ThreadId.CompareTo(right.ThreadId)
            : left.Begin != right.Begin ? left.Begin.CompareTo(right.Begin)
            : left.Row.CompareTo(right.Row));
        int first = 0;
        while (first < slices.Length)
        {
            int next = first + 1;
            while (next < slices.Length && slices[next].Host == slices[first].Host && slices[next].ThreadId == slices[first].ThreadId)
                next++;
            AssignLanes(slices.AsSpan(first, next - first));
            first = next;
        }

        return slices;
    }

    private static TraceSlice[] Slices(IReadOnlyList<TaskTiming> timings)
    {
        var hosts = new Dictionary<string, int>(StringComparer.Ordinal);
        var slices = new TraceSlice[timings.Count];
        for (int row = 0; row < slices.Length; row++)
        {
            TaskTiming timing = timings[row];
            if (!hosts.TryGetValue(timing.HostId, out int host))
            {
                host = hosts.Count;
                hosts.Add(timing.HostId, host);
            }

            long begin = Microseconds(timing.StartedMs);
            slices[row] = new TraceSlice(
                row, host, timing.ThreadId, begin, Math.Max(begin, Microseconds(timing.FinishedMs)));
        }

        return slices;
    }

    private static void AssignLanes(Span<TraceSlice> slicesOfThread)
    {
        var busy = new PriorityQueue<int, long>();
        var free = new PriorityQueue<int, int>();
        foreach (ref TraceSlice slice in slicesOfThread)
        {
            while (busy.TryPeek(out int lane, out long end) && end <= slice.Begin)
            {
                busy.Dequeue();
                free.Enqueue(lane, lane);
            }

            int chosen = free.Count > 0 ? free.Dequeue() : busy.Count;
            slice = slice with { Lane = chosen };
            busy.Enqueue(chosen, slice.End);
        }
    }

    public static long Microseconds(double milliseconds) => (long)Math.Round(milliseconds * 1000);
}
