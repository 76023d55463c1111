using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>When the hosts of queue and Durable fan-outs began to work, in words.</summary>
internal static class HostsText
{
    /// <summary>A sentence for each such model with a valid run, e.g. <c>durable, hosts at work: 1 from 0.01 s, 5 from 12 s (last round).</c></summary>
    public static IEnumerable<string> Of(ResultTable table) =>
        from row in table.Rows
        where KnownModels.Get(row.Model).RunsOnHosts
        let run = row.Runs.LastOrDefault(run => run is { IsValid: true, HostsFromMs.Count: > 0 })
        where run is not null
        select $"{row.Model}, hosts at work: {HostArrivals.Describe(run.HostsFromMs!)} (last round).";
}
