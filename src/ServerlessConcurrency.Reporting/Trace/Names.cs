using System.Text.Json;

namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>The names of the Chrome trace event format, and of the arguments of our events, encoded once.</summary>
internal static class Names
{
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Category = JsonEncodedText.Encode("cat");
    public static readonly JsonEncodedText Phase = JsonEncodedText.Encode("ph");
    public static readonly JsonEncodedText Complete = JsonEncodedText.Encode("X");
    public static readonly JsonEncodedText Metadata = JsonEncodedText.Encode("M");
    public static readonly JsonEncodedText ProcessId = JsonEncodedText.Encode("pid");
    public static readonly JsonEncodedText ThreadId = JsonEncodedText.Encode("tid");
    public static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("ts");
    public static readonly JsonEncodedText Duration = JsonEncodedText.Encode("dur");
    public static readonly JsonEncodedText Args = JsonEncodedText.Encode("args");
    public static readonly JsonEncodedText RunId = JsonEncodedText.Encode("runId");
    public static readonly JsonEncodedText TaskIndex = JsonEncodedText.Encode("taskIndex");
    public static readonly JsonEncodedText Attempt = JsonEncodedText.Encode("attempt");
    public static readonly JsonEncodedText QueuedMs = JsonEncodedText.Encode("queuedMs");
    public static readonly JsonEncodedText WallMs = JsonEncodedText.Encode("wallMs");
    public static readonly JsonEncodedText CpuMs = JsonEncodedText.Encode("cpuMs");
    public static readonly JsonEncodedText Checksum = JsonEncodedText.Encode("checksum");
    public static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
}
