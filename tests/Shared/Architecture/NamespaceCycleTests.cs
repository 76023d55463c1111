using System.Text.RegularExpressions;
using Mono.Cecil;

namespace ServerlessConcurrency.Tests.Architecture;

/// <summary>The namespaces of the project that a test project is for.</summary>
public sealed partial class NamespaceCycleTests
{
    private static readonly string Project = typeof(NamespaceCycleTests).Assembly.GetName().Name![..^".Tests".Length];

    [Fact]
    public void No_namespace_uses_one_that_uses_it()
    {
        Dictionary<string, HashSet<string>> used = FromCode();
        foreach ((string user, string name) in FromUsings())
            used.GetValueOrDefault(user)?.Add(name);

        Assert.NotEmpty(used);
        string cycles = string.Join(", ", Cycles(used));
        Assert.True(cycles.Length == 0, cycles);
    }

    [Fact]
    public void A_cycle_is_found_and_named()
    {
        var used = new Dictionary<string, HashSet<string>> { ["A"] = ["B", "D"], ["B"] = ["C"], ["C"] = ["A"], ["D"] = [] };

        Assert.Equal(["A -> B", "B -> C", "C -> A"], Cycles(used));
    }

    [Fact]
    public void What_a_method_uses_is_found()
    {
        var found = new HashSet<string>();
        using AssemblyDefinition tests = AssemblyDefinition.ReadAssembly(typeof(NamespaceCycleTests).Assembly.Location);
        TypeDefinition type = tests.MainModule.GetType(typeof(NamespaceCycleTests).FullName);

        ReferencedTypes.Visit(type, reference => found.Add(reference.FullName));

        Assert.Contains(typeof(AssemblyDefinition).FullName!, found);
        Assert.Contains(typeof(ReferencedTypes).FullName!, found);
    }

    // Every use that is on a cycle: from either end the other can be reached.
    private static IEnumerable<string> Cycles(Dictionary<string, HashSet<string>> used) =>
        from user in used.Keys.Order()
        from name in used[user].Order()
        where name != user && Reaches(used, name, user)
        select $"{user} -> {name}";

    private static bool Reaches(Dictionary<string, HashSet<string>> used, string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out string? name))
            foreach (string next in used.GetValueOrDefault(name) ?? [])
                if (seen.Add(next))
                    open.Enqueue(next);
        return seen.Contains(to);
    }

    private static Dictionary<string, HashSet<string>> FromCode()
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"{AssemblyName()}.dll"));
        var used = new Dictionary<string, HashSet<string>>();
        foreach (TypeDefinition type in assembly.MainModule.Types.Where(type => IsOwn(type.Namespace)))
        {
            if (!used.TryGetValue(type.Namespace, out HashSet<string>? names))
                used.Add(type.Namespace, names = []);
            ReferencedTypes.Visit(type, reference =>
            {
                if (reference.Scope == assembly.MainModule && IsOwn(Outermost(reference).Namespace))
                    names.Add(Outermost(reference).Namespace);
            });
        }

        return used;
    }

    // A project may give its assembly a name of its own.
    private static string AssemblyName() =>
        OwnAssemblyName().Match(Repository.Read("src", Project, $"{Project}.csproj")) is { Success: true } own ? own.Groups["name"].Value : Project;

    // Constants leave no trace in compiled code. That no using is unneeded, the compiler sees to.
    private static IEnumerable<(string User, string Used)> FromUsings()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", Project), "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            if (OwnNamespace().Match(text) is { Success: true } own)
                foreach (Match used in Using().Matches(text))
                    if (IsOwn(used.Groups["name"].Value))
                        yield return (own.Groups["name"].Value, used.Groups["name"].Value);
        }
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool IsOwn(string name) => name == Project || name.StartsWith(Project + ".", StringComparison.Ordinal);

    [GeneratedRegex("<AssemblyName>(?<name>[^<]+)<")]
    private static partial Regex OwnAssemblyName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex OwnNamespace();

    [GeneratedRegex(@"^using (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
