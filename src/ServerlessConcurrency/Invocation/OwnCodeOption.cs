using System.CommandLine;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Invocation;

/// <summary><c>--assembly</c>: where a user's workloads are. Those of the program itself need not be named.</summary>
internal static class OwnCodeOption
{
    public const string Name = "--assembly";

    public const string AgainstName = "--against";

    private static readonly Option<string[]> Assembly = new(Name, "-a")
    {
        Description = "An assembly with methods that are marked [Workload]; may be given several times",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Against = new(AgainstName)
    {
        Description = "An earlier version of the assembly: both are measured in the same rounds, and compared",
        HelpName = "FILE",
    };

    static OwnCodeOption()
    {
        foreach (Option option in (Option[])[Assembly, Against])
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                    result.AddError($"{option.Name}: is empty; expected the path of an assembly");
            });
        }
    }

    public static void AddTo(Command command) => command.Options.Add(Assembly);

    /// <summary>Lets a command measure two versions.</summary>
    public static void AddAgainstTo(Command command)
    {
        command.Options.Add(Against);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Against) is not null && result.GetResult(Assembly) is null && !OfProgram().Any())
                result.AddError($"{AgainstName}: is the earlier version of an assembly; name the later one with {Name}");
        });
    }

    /// <summary>The earlier version by its absolute path; null where none is given.</summary>
    public static string? ReadAgainst(ParseResult parsed) => parsed.GetValue(Against) is { Length: > 0 } file ? Path.GetFullPath(file) : null;

    /// <summary>The assemblies by their absolute paths, the program's own first.</summary>
    public static IReadOnlyList<string> Read(ParseResult parsed) => [.. OfProgram().Concat((parsed.GetValue(Assembly) ?? []).Where(path => path.Length > 0).Select(Path.GetFullPath)).Distinct()];

    /// <summary>The workloads that can be named; without those of users where an assembly cannot be used.</summary>
    /// <param name="missing">Why the users' are missing; null where they are not.</param>
    public static IReadOnlyList<Workload> Workloads(ParseResult parsed, out string? missing)
    {
        missing = null;
        try
        {
            return EveryWorkload.Create(new WorkloadEnvironment { Assemblies = Read(parsed) }).All;
        }
        catch (OwnCodeException exception)
        {
            missing = exception.Message;
            return EveryWorkload.Create(new WorkloadEnvironment()).All;
        }
    }

    // Empty in a program of a single file, which cannot be looked into.
    private static IEnumerable<string> OfProgram() =>
        System.Reflection.Assembly.GetEntryAssembly() is { Location.Length: > 0 } program && WorkloadAssembly.HasWorkloads(program)
            ? [program.Location]
            : [];
}
