using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>How a shared counter is incremented in .NET.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncrementWay>))]
internal enum IncrementWay
{
    /// <summary>Read, add, write: nothing keeps others out in between.</summary>
    NoLock,

    /// <summary>The same within <c>lock</c> on a <see cref="System.Threading.Lock"/>.</summary>
    Lock,

    /// <summary><see cref="System.Threading.Interlocked"/>, one instruction of the processor; across processes too, on shared memory.</summary>
    Interlocked,

    /// <summary>The same as without a lock, within a <see cref="System.Threading.SemaphoreSlim"/> that admits one.</summary>
    SemaphoreSlim,

    /// <summary>The same within a named <see cref="System.Threading.Mutex"/>.</summary>
    NamedMutex,

    /// <summary>The same while a file is open for nobody else, tried until it works.</summary>
    FileLock,
}
