using System.Text.Json;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.Protocol;

/// <summary>The first frame in each direction: what the child process is to be, and that it is ready.</summary>
internal static class Handshake
{
    /// <summary>Raised whenever a frame changes its meaning or form.</summary>
    public const int ProtocolVersion = 3;

    /// <summary>
    /// From the child, before its first frame: what is in the pipe before it was printed by others, as by a start-up hook, before the program could
    /// take standard output for itself.
    /// </summary>
    public static ReadOnlySpan<byte> Marker => "\0\u00ffsconc frames\n"u8;

    /// <summary>From the parent, first of all: <see cref="WorkerConfiguration"/> as JSON.</summary>
    public const byte Configuration = 1;

    /// <summary>From the child, when it has understood its configuration: <see cref="Ready"/> as JSON.</summary>
    public const byte ReadyReply = 2;
}

/// <summary>What a child process is told first.</summary>
/// <param name="ProtocolVersion">The parent's <see cref="Handshake.ProtocolVersion"/>.</param>
/// <param name="ParentProcessId">The process with which the child ends.</param>
/// <param name="Settings">What else its role needs; may be null.</param>
internal sealed record WorkerConfiguration(
    int ProtocolVersion, int ParentProcessId, string Role, WorkloadEnvironment Environment, JsonElement Settings);

/// <summary>What a child process answers.</summary>
/// <param name="ProtocolVersion">The child's <see cref="Handshake.ProtocolVersion"/>.</param>
internal sealed record Ready(int ProtocolVersion, int ProcessId);
