using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Pinning;

/// <summary>
/// This program started once more on some of its processors, because .NET reads their number when it starts. The new one ends
/// with the old one, however that ends.
/// </summary>
public sealed partial class PinnedProgram : IDisposable
{
    // Tells the new program who started it. Removed there at once: its own children are not to be mistaken for it.
    private const string StarterVariable = "SCONC_PINNED_BY";

    // 128 plus the number of a signal is the exit code of a process that it ended.
    private const int SignalledBase = 128;

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(2);

    private readonly Process _process;

    private PinnedProgram(Process process) => _process = process;

    /// <summary>Whether this process is the new one: started on its processors by this program.</summary>
    public static bool IsThisProcess { get; private set; }

    /// <summary>What the program wrote to standard output, if that was asked for.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>What the program wrote to standard error, if that was asked for.</summary>
    public StreamReader Error => _process.StandardError;

    /// <summary>To be called first in the program: finds out whether it was started on its processors, and by whom.</summary>
    public static void Recognize()
    {
        string? starter = Environment.GetEnvironmentVariable(StarterVariable);
        if (!int.TryParse(starter, CultureInfo.InvariantCulture, out int processId))
            return;
        Environment.SetEnvironmentVariable(StarterVariable, null);
        IsThisProcess = true;
        ParentWatch.StartForStarter(processId);
    }

    /// <param name="processors">How many processors it may use, 1 or more.</param>
    /// <param name="variables">What it is given in its environment, where other users do not see it.</param>
    /// <param name="captureOutput">Whether its outputs are read here; else they, like its input, are those of this process.</param>
    /// <exception cref="PlatformNotSupportedException">This system does not let a program choose its processors.</exception>
    /// <exception cref="ArgumentOutOfRangeException">This program itself may use fewer processors.</exception>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static PinnedProgram Start(
        int processors, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, bool captureOutput)
    {
        WorkerLaunch launch = WorkerLaunch.SelfWith(arguments);
        var start = new ProcessStartInfo(launch.FileName, launch.Arguments)
        {
            RedirectStandardOutput = captureOutput,
            RedirectStandardError = captureOutput,
        };
        start.Environment[StarterVariable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return new PinnedProgram(ProcessorPin.Start(start, processors));
    }

    /// <summary>
    /// Passes on a signal that this process got. Where a terminal sends it to both, the other gets it twice; it takes those for one.
    /// On Windows there is nothing to pass on: whatever ends this process by Ctrl+C ends the other one too.
    /// </summary>
    public void PassOn(PosixSignal signal)
    {
        if (OperatingSystem.IsWindows() || !UnlessGone(static process => !process.HasExited))
            return;
        // Their numbers are the same on every Unix.
        _ = Kill(_process.Id, signal switch
        {
            PosixSignal.SIGHUP => 1,
            PosixSignal.SIGINT => 2,
            _ => 15,
        });
    }

    /// <summary>Ends it at once, whatever it is doing; its children end with it.</summary>
    public void Kill() => UnlessGone(static process =>
    {
        process.Kill();
        return true;
    });

    /// <summary>Ends it unless it ends by itself within 2 s.</summary>
    /// <returns>Whether it did not.</returns>
    public bool KillUnlessItEnds() => UnlessGone(static process =>
    {
        if (process.WaitForExit(TimeToEnd))
            return false;
        process.Kill();
        return true;
    });

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Whether an exit code says that a signal ended the process before it could listen to it.</summary>
    public static bool WasSignalled(int exitCode) => exitCode is SignalledBase + 1 or SignalledBase + 2 or SignalledBase + 15;

    /// <summary>Lets go of it; does not end it.</summary>
    public void Dispose() => _process.Dispose();

    /// <returns>What was found or done; false where it has ended, or was let go of.</returns>
    private bool UnlessGone(Func<Process, bool> act)
    {
        try
        {
            return act(_process);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
