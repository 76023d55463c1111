namespace ServerlessConcurrency.Claims.Python;

/// <param name="Implementation">E.g. <c>CPython</c>.</param>
/// <param name="Version">Its version, e.g. 3, 11, 7.</param>
/// <param name="GilEnabled">Whether the global interpreter lock is in force: not in a free-threaded build, unless it was switched on.</param>
/// <param name="StartMethods">How <c>multiprocessing</c> can start processes here, e.g. <c>fork</c>.</param>
internal sealed record PythonFacts(
    string? Implementation, IReadOnlyList<int>? Version, bool GilEnabled, IReadOnlyList<string>? StartMethods);
