using System.Reflection;
using System.Runtime.CompilerServices;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>What a method must look like to be a workload.</summary>
internal static class MethodShape
{
    private static readonly Type[] Arguments = [typeof(WorkItem), typeof(CancellationToken), typeof(Execution)];

    /// <summary>Why a method cannot be a workload; null where it can.</summary>
    public static string? MistakeIn(MethodInfo method)
    {
        Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        return !method.IsPublic || !(method.ReflectedType!.IsPublic || method.ReflectedType.IsNestedPublic) ? "is not a public method of a public class"
            : method.ContainsGenericParameters || method.ReflectedType.ContainsGenericParameters ? "is generic"
            : Array.Find(parameters, parameter => !Arguments.Contains(parameter)) is { } other
                ? $"takes a {other.Name}; a workload takes any of {string.Join(", ", Arguments.Select(argument => argument.Name))}"
            : parameters.Distinct().Count() < parameters.Length ? "takes two parameters of one type"
            : method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)) ? "is async void, whose end nobody can wait for; let it return Task"
            : MistakeIn(ResultType(method.ReturnType));
    }

    public static bool IsAwaiting(Type returned) =>
        returned == typeof(Task) || returned == typeof(ValueTask) || IsOf(returned, typeof(Task<>)) || IsOf(returned, typeof(ValueTask<>));

    /// <summary>What comes out of a call; <see cref="Nothing"/> where nothing does.</summary>
    public static Type ResultType(Type returned) =>
        returned == typeof(void) || returned == typeof(Task) || returned == typeof(ValueTask) ? typeof(Nothing)
        : IsAwaiting(returned) ? returned.GetGenericArguments()[0]
        : returned;

    public static async ValueTask<Nothing> OfTask(Task? task)
    {
        await (task ?? throw NoTask());
        return default;
    }

    public static ValueTask<T> OfTaskWithResult<T>(Task<T>? task) => new(task ?? throw NoTask());

    public static async ValueTask<Nothing> OfValueTask(ValueTask task)
    {
        await task;
        return default;
    }

    private static InvalidOperationException NoTask() => new("the method returned null instead of a task");

    private static string? MistakeIn(Type result) =>
        result.IsByRef || result.IsByRefLike || result.IsPointer ? $"returns {result.Name}, which cannot be kept"
        : IsOf(result, typeof(IAsyncEnumerable<>)) ? $"returns {result.Name}; enumerate it in the workload and return what comes out"
        : typeof(Task).IsAssignableFrom(result) ? "returns a task of a task"
        : null;

    private static bool IsOf(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
