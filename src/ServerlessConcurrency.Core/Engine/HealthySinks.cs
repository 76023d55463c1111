using System.Runtime.ExceptionServices;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>The sinks of one experiment; one that fails gets nothing more, the others go on.</summary>
/// <param name="sinks">All sinks, in the order in which they are called.</param>
internal sealed class HealthySinks(IEnumerable<IExperimentSink> sinks)
{
    private readonly List<IExperimentSink> _healthy = [.. sinks];

    /// <summary>Calls every sink, also after one has failed: what was measured is to reach all that still work.</summary>
    public async Task CallAsync(Func<IExperimentSink, Task> call)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (IExperimentSink sink in _healthy.ToArray())
        {
            try
            {
                await call(sink);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
                _healthy.Remove(sink);
            }
        }

        failure?.Throw();
    }
}
