using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>What differs between the experiments of a sweep.</summary>
public enum SweepVariable
{
    /// <summary>The size of every workload's tasks, in the workload's unit.</summary>
    Size,

    /// <summary>How many tasks every workload has.</summary>
    Tasks,

    /// <summary>How many threads, processes or hosts work at once.</summary>
    Degree,

    /// <summary>How many tasks may be under way at once.</summary>
    [JsonStringEnumMemberName("inFlight")]
    InFlight,

    /// <summary>To how many processors the program and its children are pinned.</summary>
    Cores,
}
