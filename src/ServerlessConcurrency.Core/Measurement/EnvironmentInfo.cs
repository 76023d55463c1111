using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>Where an experiment ran, and as what code. What earlier versions did not tell is null.</summary>
/// <param name="Os">The operating system, e.g. <c>Debian GNU/Linux 12 (bookworm)</c>.</param>
/// <param name="Cpu">The processor's name as the system gives it; empty where it does not.</param>
/// <param name="Processors">How many processors the program may use.</param>
/// <param name="Runtime">The .NET runtime, e.g. <c>.NET 10.0.12</c>.</param>
/// <param name="Engine"><c>local</c> or <c>azure-functions</c>.</param>
/// <param name="Limits">What keeps the program from using all processors of the machine; null where the system does not tell.</param>
public sealed record EnvironmentInfo(
    string Os, string Cpu, int Processors, string Runtime, string Engine, ProcessorLimits? Limits = null)
{
    private const int ShortCommit = 7;

    /// <summary><c>Debug</c> where an assembly of the program was compiled without optimisation, else <c>Release</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Configuration { get; init; }

    /// <summary>The version of the program, e.g. <c>0.1.0</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>The commit that the program was built from; null where the build did not know.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Commit { get; init; }

    /// <summary>Version and commit in a word, e.g. <c>0.1.0+19f4ab9</c>; null where the version is not known.</summary>
    [JsonIgnore]
    public string? Program => Version is null || Commit is null ? Version : $"{Version}+{Commit[..Math.Min(Commit.Length, ShortCommit)]}";

    /// <summary>How garbage is collected, e.g. <c>workstation, non-concurrent</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Gc { get; init; }

    /// <summary>Whether methods are compiled in tiers: <c>off</c>, <c>on</c>, or <c>on, PGO</c> where the second is guided by a profile.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tiering { get; init; }

    /// <summary>The variables of the process that change how .NET compiles, collects or schedules, e.g. <c>DOTNET_JITMinOpts=1</c>; empty without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variables { get; init; }

    /// <summary>Where Durable Functions keeps its state, one of <see cref="DurableBackends"/>; null where it was not used.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DurableBackend { get; init; }

    /// <summary>Which version of users' workloads and of their items was measured, as <see cref="ServerlessConcurrency.Core.OwnCode.OwnCodeVersion"/> tells it; null without any, and on the Functions app.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OwnCode { get; init; }
}
