using System.Runtime.CompilerServices;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Reads timings.csv as it was written.</summary>
internal static class TimingsCsvReader
{
    private static readonly int RunId = TimingColumns.All.Index().First(column => column.Item == TimingColumns.RunId).Index;

    /// <summary>Reads the rows run by run, as they were written one after another.</summary>
    /// <exception cref="InvalidDataException">A line is not as it was written; the message names it.</exception>
    public static async IAsyncEnumerable<(string RunId, List<TaskTiming> Timings)> ReadAsync(
        string path, Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(file);
        var reader = new CsvReader(text);
        IReadOnlyList<string> header = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ?? [];
        if (header.Count > 0 && !header.SequenceEqual(TimingColumns.All.Select(column => column.Name)))
            throw new InvalidDataException($"{path}, line 1: the header must be {TimingsCsvWriter.Header}");
        string? runId = null;
        List<TaskTiming> timings = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } fields)
        {
            if (fields is [""])
                continue;
            if (!TryRead(fields, out TaskTiming timing))
                throw new InvalidDataException($"{path}, line {reader.Line}: not a row of timings: {string.Join(',', fields)}");
            if (runId is not null && runId != fields[RunId])
            {
                yield return (runId, timings);
                timings = [];
            }

            runId = fields[RunId];
            timings.Add(timing);
        }

        if (runId is not null)
            yield return (runId, timings);
    }

    private static bool TryRead(IReadOnlyList<string> fields, out TaskTiming timing)
    {
        timing = default;
        if (fields.Count != TimingColumns.All.Count)
            return false;
        for (int index = 0; index < fields.Count; index++)
            if (!TimingColumns.All[index].TryRead(fields[index], ref timing))
                return false;
        return true;
    }
}
