namespace ServerlessConcurrency.Claims.StartUp;

/// <summary>What the CPython side of C11 prints; all times in seconds.</summary>
/// <param name="BySize">By task size: the wall times of each round one after another and in processes.</param>
/// <param name="Starts">By what was started: how long each start and end took.</param>
internal sealed record StartUpTimes(
    IReadOnlyDictionary<string, Runs.SpeedupTimes> BySize, IReadOnlyDictionary<string, IReadOnlyList<double>> Starts);
