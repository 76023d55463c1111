using System.Reflection;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>Looks for methods that are marked as workloads, and checks that they can be run.</summary>
internal static partial class WorkloadDiscovery
{
    /// <summary>The marked methods of a type, those that cannot be run included.</summary>
    public static IEnumerable<(MethodInfo Method, WorkloadAttribute Attribute)> Marked(Type type) =>
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<WorkloadAttribute>(inherit: false)
        where attribute is not null
        select (method, attribute);

    /// <param name="path">The assembly, for messages.</param>
    /// <param name="instances">The process's objects of the types.</param>
    /// <returns>The workloads, in the order of their names.</returns>
    /// <exception cref="OwnCodeException">There are none, or such as cannot be run; every mistake is told.</exception>
    public static IReadOnlyList<Workload> Find(string path, IReadOnlyList<Type> types, Lazy<WorkloadInstances> instances)
    {
        var found = new List<Workload>();
        var mistakes = new List<string>();
        foreach ((MethodInfo method, WorkloadAttribute attribute) in types.SelectMany(Marked).OrderBy(marked => marked.Attribute.Name, StringComparer.Ordinal))
        {
            string? mistake = MistakeInName(attribute.Name, found) ?? MethodShape.MistakeIn(method)
                ?? (method.IsStatic ? null : instances.Value.MistakeIn(method.ReflectedType!));
            if (mistake is null)
                found.Add(Create(method, attribute, instances));
            else
                mistakes.Add($"workload '{attribute.Name}', {method.DeclaringType!.Name}.{method.Name}: {mistake}");
        }

        if (mistakes.Count > 0)
            throw new OwnCodeException(path, mistakes);
        return found.Count > 0 ? found : throw new OwnCodeException($"{path} has no public method with [Workload]");
    }

    private static string? MistakeInName(string name, List<Workload> found) =>
        !Name().IsMatch(name) ? "the name is not 1 to 50 lower-case letters, digits and hyphens with a letter first"
        : found.Exists(other => other.Kind == name) ? "another method has that name"
        : null;

    private static Workload Create(MethodInfo method, WorkloadAttribute attribute, Lazy<WorkloadInstances> instances)
    {
        Func<object?> instance = method.IsStatic ? static () => null : instances.Value.Of(method.ReflectedType!);
        Type type = typeof(WorkloadMethod<>).MakeGenericType(MethodShape.ResultType(method.ReturnType));
        return (Workload)Activator.CreateInstance(type, attribute, method, instance)!;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,49}$")]
    private static partial Regex Name();
}
