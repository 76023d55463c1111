using System.Globalization;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Timings;

namespace ServerlessConcurrency.Storage.Files;

/// <summary>Reads the <c>timings.csv</c> that the exporter wrote; none of its columns ever needs quotes.</summary>
internal static class TimingsCsv
{
    private static readonly string[] Columns =
    [
        "experimentId", "runId", "round", "workload", "size", "model", "degree", "taskIndex", "attempt", "hostId", "processId",
        "threadId", "queuedMs", "startedMs", "finishedMs", "checksum", "outcome",
    ];

    /// <summary>Reads a file's rows by run, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">The header is another one, or a line cannot be read.</exception>
    public static async Task<Dictionary<string, List<TaskTiming>>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var byRun = new Dictionary<string, List<TaskTiming>>(StringComparer.Ordinal);
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (number == 1 && line != string.Join(',', Columns))
                throw new InvalidDataException($"{path}, line 1: the header must be {string.Join(',', Columns)}");
            if (number == 1 || line.Length == 0)
                continue;
            if (!TryRead(line.Split(','), out string runId, out TaskTiming timing))
                throw new InvalidDataException($"{path}, line {number}: not a row of timings: {line}");
            if (!byRun.TryGetValue(runId, out List<TaskTiming>? timings))
                byRun.Add(runId, timings = []);
            timings.Add(timing);
        }

        return byRun;
    }

    private static bool TryRead(string[] cells, out string runId, out TaskTiming timing)
    {
        runId = "";
        timing = default;
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (cells.Length != Columns.Length
            || !int.TryParse(cells[7], culture, out int taskIndex)
            || !int.TryParse(cells[8], culture, out int attempt)
            || !int.TryParse(cells[10], culture, out int processId)
            || !int.TryParse(cells[11], culture, out int threadId)
            || !double.TryParse(cells[12], culture, out double queuedMs)
            || !double.TryParse(cells[13], culture, out double startedMs)
            || !double.TryParse(cells[14], culture, out double finishedMs)
            || !ulong.TryParse(cells[15], NumberStyles.AllowHexSpecifier, culture, out ulong checksum)
            || !TimingEntity.TryParse(cells[16], out TaskOutcome outcome))
        {
            return false;
        }

        runId = cells[1];
        timing = new TaskTiming(
            taskIndex, attempt, cells[9], processId, threadId, queuedMs, startedMs, finishedMs, checksum, outcome);
        return true;
    }
}
