using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>How a process comes to its end in .NET.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
internal enum FaultKind
{
    UnhandledException,

    StackOverflow,

    FailFast,

    /// <summary>The system ends it: SIGKILL on Unix, TerminateProcess on Windows.</summary>
    Kill,

    /// <summary>An exception that is caught: nothing comes of it. For the control, and for tests that break the mechanism.</summary>
    Caught,

    /// <summary>It waits and never goes on. For tests that break the mechanism.</summary>
    Hang,

    /// <summary>The process ends as if it had done its work. For tests that break the mechanism.</summary>
    Exit,
}
