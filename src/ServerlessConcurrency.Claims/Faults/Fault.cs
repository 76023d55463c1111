using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>Brings the calling process down, for real.</summary>
internal static class Fault
{
    /// <summary>The stack of a thread that overflows it: a small one is full, and its trace written, sooner.</summary>
    public const int StackBytes = 256 * 1024;

    private const int SignalBase = 128;
    private const int SigAbort = 6;
    private const int SigKill = 9;
    private const string Words = "a fault on purpose, to measure a claim";

    public static IReadOnlyList<FaultKind> Deadly { get; } =
        [FaultKind.UnhandledException, FaultKind.StackOverflow, FaultKind.FailFast, FaultKind.Kill];

    /// <summary>Fails on the calling thread; returns only from a fault that is caught.</summary>
    /// <exception cref="InvalidOperationException">The exception that nothing is to catch.</exception>
    public static void Cause(FaultKind kind)
    {
        CrashReports.Suppress();
        switch (kind)
        {
            case FaultKind.UnhandledException:
                throw new InvalidOperationException(Words);
            case FaultKind.StackOverflow:
                Recurse(0);
                break;
            case FaultKind.FailFast:
                Environment.FailFast(Words);
                break;
            case FaultKind.Kill:
                Kill();
                break;
            case FaultKind.Hang:
                Thread.Sleep(Timeout.Infinite);
                break;
            case FaultKind.Exit:
                Environment.Exit(0);
                break;
            default:
                Catch();
                break;
        }
    }

    public static string Describe(FaultKind kind) => kind switch
    {
        FaultKind.UnhandledException => "unhandled exception",
        FaultKind.StackOverflow => "stack overflow",
        FaultKind.FailFast => "Environment.FailFast",
        FaultKind.Kill => OperatingSystem.IsWindows() ? "TerminateProcess" : "SIGKILL",
        FaultKind.Hang => "endless wait",
        FaultKind.Exit => "regular end",
        _ => "caught exception",
    };

    /// <param name="exitCode">As .NET reports it: 128 plus the signal's number for a process killed by a signal on Unix.</param>
    public static bool HasEnded(FaultKind kind, int exitCode) => kind switch
    {
        FaultKind.Caught or FaultKind.Hang or FaultKind.Exit => exitCode == 0,
        _ when OperatingSystem.IsWindows() => exitCode != 0,
        FaultKind.Kill => exitCode == SignalBase + SigKill,
        // The runtime ends the process so, whatever it was that it could not go on from.
        _ => exitCode == SignalBase + SigAbort,
    };

    private static void Kill()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void Catch()
    {
        try
        {
            throw new InvalidOperationException(Words);
        }
        catch (InvalidOperationException)
        {
            // This is what a caught fault is.
        }
    }

    [SuppressMessage("Usage", "CA2201", Justification = "Never thrown: keeps the recursion from being a loop.")]
    private static int Recurse(int depth) => depth == int.MaxValue ? throw new StackOverflowException() : Recurse(depth + 1) + 1;
}
