using System.Diagnostics;
using System.Reflection;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>Assemblies whose times are not worth measuring: compiled for a debugger, as the configuration Debug does.</summary>
public static class UnoptimisedCode
{
    /// <summary>What <see cref="EnvironmentInfo.Configuration"/> is where there is any.</summary>
    public const string Configuration = "Debug";

    private const string Own = "ServerlessConcurrency";

    /// <returns>The names of those that are loaded.</returns>
    public static IReadOnlyList<string> Loaded() => Among(AppDomain.CurrentDomain.GetAssemblies());

    /// <returns>The names of those of the program, in alphabetical order: its own, and what builds on them, as the assembly of a workload does.</returns>
    public static IReadOnlyList<string> Among(IEnumerable<Assembly> assemblies) =>
    [
        .. assemblies
            .Where(assembly => BelongsToProgram(assembly) && IsUnoptimised(assembly))
            .Select(assembly => assembly.GetName().Name!)
            .Order(StringComparer.Ordinal),
    ];

    /// <returns>Why the program is not to be measured, as the end of a message; null where all of it is optimised.</returns>
    public static string? Refusal() => Loaded() is { Count: > 0 } names
        ? $"cannot be measured: {string.Join(", ", names)} {(names.Count == 1 ? "is" : "are")} built without optimisation; build in Release (dotnet build -c Release)"
        : null;

    private static bool IsUnoptimised(Assembly assembly)
    {
        try
        {
            return assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
        }
        catch (Exception exception) when (exception is IOException or TypeLoadException)
        {
            // Another of its attributes is of an assembly that is not there.
            return false;
        }
    }

    private static bool BelongsToProgram(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Prepend(assembly.GetName()).Any(name => name.Name is Own || name.Name?.StartsWith($"{Own}.", StringComparison.Ordinal) == true);
}
