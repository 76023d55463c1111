namespace ServerlessConcurrency.Claims.Faults;

/// <summary>The failures of the script <c>faults</c>.</summary>
internal static class PythonFault
{
    public const string UnhandledException = "unhandled exception";

    /// <summary>A recursion without end, of which CPython makes an exception.</summary>
    public const string Recursion = "RecursionError";

    /// <summary>An exception that is caught: nothing comes of it. For the control.</summary>
    public const string Caught = "caught exception";

    /// <summary>The name of <see cref="Caught"/> in the script.</summary>
    public const string CaughtName = "caught";

    private static readonly Dictionary<string, string> Words = new()
    {
        ["exception"] = UnhandledException,
        ["recursion"] = Recursion,
        ["abort"] = "os.abort",
        ["segfault"] = "segmentation fault",
        ["exit"] = "os._exit",
        ["kill"] = OperatingSystem.IsWindows() ? "TerminateProcess" : "SIGKILL",
        [CaughtName] = Caught,
    };

    /// <summary>What a process can die of here, if it happens on its main thread, by the names of the script.</summary>
    // On Windows ctypes makes an exception of a bad address.
    public static IReadOnlyList<string> Deadly { get; } =
        [.. Words.Keys.Where(name => name != CaughtName && (name != "segfault" || !OperatingSystem.IsWindows()))];

    public static string Describe(string name) => Words[name];

    /// <summary>Whether it ends a process, whichever thread it happens on.</summary>
    public static bool EndsProcess(string kind) => kind is not (UnhandledException or Recursion);
}
