namespace ServerlessConcurrency.Claims.Locks;

/// <summary>What processes find a lock by.</summary>
internal sealed record LockNames(string Mutex, string LockFile)
{
    /// <summary>Opens the mutex, or makes it. On Unix it is a file of the user in the temp folder, gone with its last handle.</summary>
    /// <returns>The mutex, to be disposed of.</returns>
    public Mutex OpenMutex() => new(initiallyOwned: false, Mutex, new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = true });
}
