using System.Text.Json;

namespace ServerlessConcurrency.Reporting.TimingsJson;

/// <summary>The names of a row's properties, those of the columns of timings.csv, encoded once.</summary>
internal static class Columns
{
    public static readonly JsonEncodedText ExperimentId = JsonEncodedText.Encode("experimentId");
    public static readonly JsonEncodedText RunId = JsonEncodedText.Encode("runId");
    public static readonly JsonEncodedText Round = JsonEncodedText.Encode("round");
    public static readonly JsonEncodedText Workload = JsonEncodedText.Encode("workload");
    public static readonly JsonEncodedText Size = JsonEncodedText.Encode("size");
    public static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
    public static readonly JsonEncodedText Degree = JsonEncodedText.Encode("degree");
    public static readonly JsonEncodedText TaskIndex = JsonEncodedText.Encode("taskIndex");
    public static readonly JsonEncodedText Attempt = JsonEncodedText.Encode("attempt");
    public static readonly JsonEncodedText HostId = JsonEncodedText.Encode("hostId");
    public static readonly JsonEncodedText ProcessId = JsonEncodedText.Encode("processId");
    public static readonly JsonEncodedText ThreadId = JsonEncodedText.Encode("threadId");
    public static readonly JsonEncodedText QueuedMs = JsonEncodedText.Encode("queuedMs");
    public static readonly JsonEncodedText StartedMs = JsonEncodedText.Encode("startedMs");
    public static readonly JsonEncodedText FinishedMs = JsonEncodedText.Encode("finishedMs");
    public static readonly JsonEncodedText Checksum = JsonEncodedText.Encode("checksum");
    public static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
}
