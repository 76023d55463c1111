using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Workers.Hosting;

/// <summary>
/// Ends this process as soon as its parent is gone or has closed the pipe, whatever its other threads are doing. On Unix a
/// thread waits in poll(2) for the hang-up of standard input, of which every cause of a parent's end is one; it does not
/// read, and is not woken by frames. On Windows a thread waits for the parent's process handle.
/// </summary>
internal static partial class ParentWatch
{
    private const short PollHangUp = 0x10;
    private const short PollErrors = 0x08 | 0x20;
    private const int RecheckMilliseconds = 200;
    private const int KilledExitCode = 137;
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    private static Action? _atEnd;

    /// <param name="atEnd">Called when the parent is gone, before this process ends; it has a second.</param>
    public static void Start(int parentProcessId, Action atEnd)
    {
        _atEnd = atEnd;
        ThreadStart wait = OperatingSystem.IsWindows() ? () => WaitForProcess(parentProcessId)
            : OperatingSystem.IsLinux() ? WaitForHangUp
            : WaitForHangUpOrNewParent;
        new Thread(wait, maxStackSize: 256 * 1024) { IsBackground = true, Name = "parent watch" }.Start();
    }

    /// <summary>
    /// Ends this process as soon as the one that started it is gone, where standard input is not a pipe between the two: by that
    /// process's handle, or elsewhere by looking at the parent's id a few times a second.
    /// </summary>
    public static void StartForStarter(int starterProcessId)
    {
        ThreadStart wait = OperatingSystem.IsWindows()
            ? () => WaitForProcess(starterProcessId)
            : () => WaitForParentOtherThan(starterProcessId);
        new Thread(wait, maxStackSize: 256 * 1024) { IsBackground = true, Name = "parent watch" }.Start();
    }

    private static void WaitForParentOtherThan(int starterProcessId)
    {
        while (GetParentId() == starterProcessId)
            Thread.Sleep(RecheckMilliseconds);

        ExitNow(KilledExitCode);
    }

    private static void WaitForHangUp()
    {
        while (!IsHungUp(timeoutMilliseconds: -1))
        {
        }

        End();
    }

    /// <summary>
    /// Elsewhere poll(2) may miss a hang-up for which no data event was asked, or return for data: there the parent's id is
    /// looked at as well, a few times a second.
    /// </summary>
    private static void WaitForHangUpOrNewParent()
    {
        int parent = GetParentId();
        while (!IsHungUp(timeoutMilliseconds: 0) && GetParentId() == parent)
            Thread.Sleep(RecheckMilliseconds);

        End();
    }

    private static void End()
    {
        LeaveInOrder();
        ExitNow(0);
    }

    // On another thread, so that what takes too long, or forever, delays the end no more than that.
    private static void LeaveInOrder()
    {
        if (_atEnd is not { } atEnd)
            return;
        var leaving = new Thread(() => atEnd()) { IsBackground = true };
        leaving.Start();
        leaving.Join(EndPatience);
    }

    private static bool IsHungUp(int timeoutMilliseconds)
    {
        var input = new PollDescriptor { Descriptor = 0, Events = 0 };
        return Poll(ref input, 1, timeoutMilliseconds) > 0 && (input.Returned & (PollHangUp | PollErrors)) != 0;
    }

    private static void WaitForProcess(int parentProcessId)
    {
        try
        {
            using var parent = Process.GetProcessById(parentProcessId);
            parent.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }

        LeaveInOrder();
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int exitCode);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
