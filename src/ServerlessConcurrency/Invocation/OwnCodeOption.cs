using System.CommandLine;
using ServerlessConcurrency.Core.OwnCode;

namespace ServerlessConcurrency.Invocation;

/// <summary><c>--assembly</c>: where a user's workloads are. Those of the program itself need not be named.</summary>
internal static class OwnCodeOption
{
    public const string Name = "--assembly";

    private static readonly Option<string[]> Assembly = new(Name, "-a")
    {
        Description = "An assembly with methods that are marked [Workload]; may be given several times",
        HelpName = "FILE",
    };

    public static void AddTo(Command command) => command.Options.Add(Assembly);

    /// <summary>The assemblies by their absolute paths, the program's own first.</summary>
    public static IReadOnlyList<string> Read(ParseResult parsed) => [.. OfProgram().Concat((parsed.GetValue(Assembly) ?? []).Select(Path.GetFullPath)).Distinct()];

    // Empty in a program of a single file, which cannot be looked into.
    private static IEnumerable<string> OfProgram() =>
        System.Reflection.Assembly.GetEntryAssembly() is { Location.Length: > 0 } program && WorkloadAssembly.HasWorkloads(program)
            ? [program.Location]
            : [];
}
