namespace ServerlessConcurrency.Core.Runs;

/// <summary>A process that executes tasks.</summary>
/// <param name="Machine">The machine's name, or the instance id in Azure.</param>
/// <param name="ProcessId">The operating system's id of the process.</param>
public sealed record HostIdentity(string Machine, int ProcessId)
{
    // Azure App Service and Functions: the instance on Windows and Elastic Premium, the pod on Flex Consumption, the container on
    // Linux Consumption (Azure documentation, "Environment variables and app settings in Azure App Service").
    private static readonly string[] InstanceVariables = ["WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME", "CONTAINER_NAME"];

    // Elsewhere such variables may be set too, and mean something else.
    private const string SiteVariable = "WEBSITE_SITE_NAME";

    // An instance id has 64 hexadecimal digits; the first few tell instances apart as well.
    private const int LongestMachine = 40;

    /// <summary>The process that runs this code.</summary>
    public static HostIdentity Current { get; } = new(MachineOrInstance(), Environment.ProcessId);

    /// <summary>The host id: machine and process id, joined by a hyphen.</summary>
    public string Id { get; } = $"{Machine}-{ProcessId}";

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static string MachineOrInstance()
    {
        bool isInAzure = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SiteVariable));
        IEnumerable<string?> instance = isInAzure ? InstanceVariables.Select(Environment.GetEnvironmentVariable) : [];
        string name = instance.FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? Environment.MachineName;
        return name.Length <= LongestMachine ? name : name[..LongestMachine];
    }
}
