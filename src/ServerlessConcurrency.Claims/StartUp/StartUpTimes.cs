namespace ServerlessConcurrency.Claims.StartUp;

/// <summary>What the CPython side of C11 prints; all times in seconds.</summary>
internal sealed record StartUpTimes(
    IReadOnlyDictionary<string, Runs.SpeedupTimes> BySize, IReadOnlyDictionary<string, IReadOnlyList<double>> Starts);
