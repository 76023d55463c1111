namespace ServerlessConcurrency.Core.Measurement;

/// <summary>Where an experiment ran.</summary>
/// <param name="Os">The operating system, e.g. <c>Debian GNU/Linux 12 (bookworm)</c>.</param>
/// <param name="Cpu">The processor's name as the system gives it; empty where it does not.</param>
/// <param name="Processors">How many processors the program may use.</param>
/// <param name="Runtime">The .NET runtime, e.g. <c>.NET 10.0.12</c>.</param>
/// <param name="Engine"><c>local</c> or <c>azure-functions</c>.</param>
/// <param name="Limits">What keeps the program from using all processors of the machine; null where the system does not tell.</param>
public sealed record EnvironmentInfo(
    string Os, string Cpu, int Processors, string Runtime, string Engine, ProcessorLimits? Limits = null);
