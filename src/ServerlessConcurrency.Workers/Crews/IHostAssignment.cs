using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Crews;

/// <summary>What a host process is told when a run begins. The tasks themselves travel over storage only.</summary>
public interface IHostAssignment
{
    RunOrder Run { get; }
}
