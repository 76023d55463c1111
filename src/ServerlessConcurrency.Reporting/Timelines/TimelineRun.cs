using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Reporting.Timelines;

/// <param name="Lanes">Of each its host (its place among <see cref="Timeline.Hosts"/>), thread, which of the thread's lanes it is, and how many attempts it has.</param>
/// <param name="LanesLeftOut">How many more lanes the run has; null for none.</param>
/// <param name="FirstRow">Where its attempts begin among all.</param>
internal sealed record TimelineRun(
    [property: JsonIgnore] string RunId,
    string Workload,
    long Size,
    string Model,
    int Style,
    int Round,
    double WallMs,
    bool IsValid,
    IReadOnlyList<int[]> Lanes,
    int? LanesLeftOut,
    [property: JsonIgnore] int FirstRow);
