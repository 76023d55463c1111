using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Workers.Crews;

/// <summary>The frames between the program and a host process. Tasks are not among them: they travel over storage.</summary>
internal static class HostProtocol
{
    /// <summary>From the parent, when a run begins: an <see cref="IHostAssignment"/> as JSON.</summary>
    public const byte Begin = 32;

    /// <summary>From the parent, when every task of the run has its result. Without contents.</summary>
    public const byte End = 33;

    /// <summary>From the host, when it has put down its work: <see cref="HostReport"/> as JSON.</summary>
    public const byte Report = 34;

    /// <summary>From the parent, before a run, so that the host warms up: <see cref="Core.Runs.RunOrder"/> as JSON.</summary>
    public const byte WarmUp = 35;

    /// <summary>From the host, when it has started what it works with, and whenever it has warmed up. Without contents.</summary>
    public const byte Warm = 36;

    /// <summary>Frames of this kind and above mean what the role says.</summary>
    public const byte FirstOfRole = 48;
}

/// <summary>What a host says at the end of a run.</summary>
/// <param name="Rows">How many attempts it has stored.</param>
public sealed record HostReport(ResourceUsage Usage, int Rows);
