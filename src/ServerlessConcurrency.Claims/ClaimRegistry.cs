using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.EventLoops;
using ServerlessConcurrency.Claims.Faults;
using ServerlessConcurrency.Claims.InputOutput;
using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Locks;
using ServerlessConcurrency.Claims.Processes;
using ServerlessConcurrency.Claims.Sharing;
using ServerlessConcurrency.Claims.StartUp;
using ServerlessConcurrency.Claims.Switching;
using ServerlessConcurrency.Claims.Waiting;

namespace ServerlessConcurrency.Claims;

/// <summary>Every claim. A new one is a class in a folder of its own and a line here.</summary>
public static class ClaimRegistry
{
    /// <summary>The claims, in their order.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new ProcessIsolationClaim(),
        new SharedFateClaim(),
        new SwitchingCostClaim(),
        new ThreadsUnderLockClaim(),
        new ThreadsForWaitsClaim(),
        new WaitingClaim(),
        new BlockedLoopClaim(),
        new ProcessesOnCoresClaim(),
        new SharingClaim(),
        new SharedCounterClaim(),
        new SmallTasksClaim(),
        new LockForEachProcessClaim(),
    ];

    /// <summary>The ids of the claims, in their order.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. All.Select(claim => claim.Id)];
}
