using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsJson;

internal sealed class TimingsJsonWriter(string experimentId, Stream output) : JsonTimingWriter(output)
{
    private static readonly (TimingColumn Column, JsonEncodedText Name)[] Properties =
        [.. TimingColumns.All.Select(column => (column, JsonEncodedText.Encode(column.Name)))];

    protected override void BeginRun(RunTimings run)
    {
    }

    protected override void WriteRow(RunTimings run, int row)
    {
        var timing = new TimingRow(experimentId, run.Run, run.Timings[row]);
        Utf8JsonWriter json = BeginObject();
        foreach ((TimingColumn column, JsonEncodedText name) in Properties)
            Write(json, column, name, timing);
        EndObject();
    }

    private void Write(Utf8JsonWriter json, TimingColumn column, JsonEncodedText name, in TimingRow row)
    {
        switch (column)
        {
            case TimingColumn<string> text:
                json.WriteString(name, text.Read(row));
                break;
            case TimingColumn<int> integer:
                json.WriteNumber(name, integer.Read(row));
                break;
            case TimingColumn<long> integer:
                json.WriteNumber(name, integer.Read(row));
                break;
            case TimingColumn<double> milliseconds:
                WriteMilliseconds(name, milliseconds.Read(row));
                break;
            case TimingColumn<ulong> checksum:
                WriteChecksum(name, checksum.Read(row));
                break;
            case TimingColumn<TaskOutcome> outcome:
                json.WriteString(name, RowText.Outcome(outcome.Read(row)));
                break;
            default:
                throw new NotSupportedException($"column {column.Name} has no form in JSON");
        }
    }
}
