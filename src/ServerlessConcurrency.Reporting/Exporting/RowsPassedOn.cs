using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Exporting;

/// <summary>
/// Counts rows that were read and written elsewhere, and has the memory of many taken back at once: the runtime would let them pile up. That stops the
/// process for some milliseconds, so it is not for where something is measured.
/// </summary>
public sealed class RowsPassedOn
{
    // Some megabytes.
    private const int Many = 50_000;

    private int _rows;

    public void Add(RunTimings run)
    {
        _rows += run.Timings.Count;
        if (_rows < Many)
            return;
        _rows = 0;
        GC.Collect();
    }
}
