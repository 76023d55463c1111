using System.Text.Json;

namespace ServerlessConcurrency.Claims.Python;

/// <summary>A CPython interpreter that can run the scripts of the claims: 3.8 or later, standard library only.</summary>
public sealed class PythonInterpreter
{
    /// <summary>The oldest version whose scripts run: 3.8, the first with <c>multiprocessing.shared_memory</c>.</summary>
    public static readonly Version Oldest = new(3, 8);

    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);
    private readonly string _fileName;

    private PythonInterpreter(string fileName, Version version, bool hasInterpreterLock, IReadOnlyList<string> startMethods)
    {
        _fileName = fileName;
        Version = version;
        HasInterpreterLock = hasInterpreterLock;
        StartMethods = startMethods;
    }

    public Version Version { get; }

    /// <summary>Whether the global interpreter lock is in force; not in a free-threaded build (PEP 703).</summary>
    public bool HasInterpreterLock { get; }

    public IReadOnlyList<string> StartMethods { get; }

    /// <summary>What it is, e.g. <c>CPython 3.13.1 (free-threaded)</c>.</summary>
    public string Description => $"CPython {Version}{(HasInterpreterLock ? "" : " (free-threaded)")}";

    /// <param name="fileName">The name or path of one; null: <c>python3</c>, or on Windows <c>python</c>, of the search path.</param>
    public static async Task<PythonSearchResult> FindAsync(string? fileName, CancellationToken cancellationToken)
    {
        fileName ??= OperatingSystem.IsWindows() ? "python" : "python3";
        if (Path.GetFileName(fileName) != fileName && WhyNoFile(fileName) is { } why)
            return new PythonSearchResult(null, why);
        PythonFacts facts;
        try
        {
            facts = await PythonScript.RunAsync<PythonFacts>(fileName, PythonScript.Load("probe"), "null", ProbeLimit, cancellationToken);
        }
        catch (PythonException exception)
        {
            return new PythonSearchResult(null, $"no CPython was found: {exception.Message}");
        }

        if (facts.Implementation != "CPython")
            return new PythonSearchResult(null, $"'{fileName}' is {facts.Implementation ?? "no Python"}, not CPython");
        if (facts is not { Version: [int major, int minor, int micro, ..], StartMethods: { } startMethods })
            return new PythonSearchResult(null, $"'{fileName}' does not tell its version");
        var interpreter = new PythonInterpreter(fileName, new Version(major, minor, micro), facts.GilEnabled, startMethods);
        return interpreter.Version < Oldest
            ? new PythonSearchResult(null, $"'{fileName}' is CPython {interpreter.Version}; the scripts need {Oldest} or later")
            : new PythonSearchResult(interpreter, null);
    }

    /// <exception cref="PythonException">It failed, or printed something else.</exception>
    internal Task<T> RunAsync<T>(PythonScript script, object arguments, CancellationToken cancellationToken) =>
        PythonScript.RunAsync<T>(_fileName, script, JsonSerializer.Serialize(arguments, PythonScript.Json), Timeout.InfiniteTimeSpan, cancellationToken);

    // The system's own words name the folder in which a script would have run.
    private static string? WhyNoFile(string path) =>
        Directory.Exists(path) ? $"'{path}' is a folder, not an interpreter"
        : File.Exists(path) ? null
        : $"'{path}' does not exist";
}
