namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>The activities of a run on one host.</summary>
/// <param name="Executed">How many it has executed, as far as it told.</param>
/// <param name="Results">How many of their results arrived.</param>
public sealed record HostExecutions(int Executed, int Results)
{
    /// <summary>Takes a result down.</summary>
    /// <param name="executed">How many activities the host had executed by then.</param>
    public static void Add(Dictionary<string, HostExecutions> byHost, string hostId, int executed)
    {
        HostExecutions before = byHost.GetValueOrDefault(hostId) ?? new HostExecutions(0, 0);
        byHost[hostId] = new HostExecutions(Math.Max(before.Executed, executed), before.Results + 1);
    }

    /// <summary>How many executions came to an end without their result being used: Durable executes an activity at least once.</summary>
    public static int Repeated(IReadOnlyDictionary<string, HostExecutions> byHost) =>
        byHost.Values.Sum(host => Math.Max(0, host.Executed - host.Results));
}
