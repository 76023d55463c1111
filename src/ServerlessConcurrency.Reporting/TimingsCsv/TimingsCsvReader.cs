using System.Runtime.CompilerServices;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Reads timings.csv as it was written.</summary>
internal static class TimingsCsvReader
{
    private static readonly int ExperimentId = TimingColumns.All.Index().First(column => column.Item.Name == "experimentId").Index;
    private static readonly int RunId = TimingColumns.All.Index().First(column => column.Item == TimingColumns.RunId).Index;

    /// <summary>
    /// Reads the rows run by run, as they were written one after another. The last line may be torn, where the program was killed or the disk full:
    /// it is left out.
    /// </summary>
    /// <param name="experimentId">The experiment whose rows they are.</param>
    /// <exception cref="InvalidDataException">A line is not as it was written; the message names it.</exception>
    public static async IAsyncEnumerable<(string RunId, List<TaskTiming> Timings)> ReadAsync(
        string path, string experimentId, Stream file, IProgress<string>? notes, [EnumeratorCancellation] CancellationToken cancellationToken)
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
            if (!TryRead(fields, experimentId, out TaskTiming timing))
            {
                if (reader.EndsWithoutLineBreak)
                {
                    notes?.Report($"{path}, line {reader.Line}: left out, it was not written to its end");
                    break;
                }

                throw new InvalidDataException($"{path}, line {reader.Line}: not a row of timings: {string.Join(',', fields)}");
            }

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

    private static bool TryRead(IReadOnlyList<string> fields, string experimentId, out TaskTiming timing)
    {
        timing = default;
        if (fields.Count != TimingColumns.All.Count || fields[ExperimentId] != experimentId)
            return false;
        for (int index = 0; index < fields.Count; index++)
            if (!TimingColumns.All[index].TryRead(fields[index], ref timing))
                return false;
        return true;
    }
}
