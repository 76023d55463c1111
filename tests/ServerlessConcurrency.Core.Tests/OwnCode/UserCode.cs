using Microsoft.Extensions.DependencyInjection;

// Users write what compiles.
#pragma warning disable CA1000, CA1068, CA1822

namespace ServerlessConcurrency.Core.Tests.OwnCode;

public sealed class Forms
{
    [Workload("blocks")]
    public long Block(WorkItem item) => item.Size * item.Seed;

    [Workload("blocks-void")]
    public void BlockVoid()
    {
    }

    [Workload("task")]
    public async Task<long> TaskAsync(CancellationToken cancellationToken, WorkItem item)
    {
        await Task.Delay(1, cancellationToken);
        return item.Size * item.Seed;
    }

    [Workload("task-void")]
    public static async Task TaskVoidAsync() => await Task.Yield();

    [Workload("value-task")]
    public static ValueTask<long> ValueTaskAsync(WorkItem item, Core.Workloads.Execution execution)
    {
        execution.Checkpoint();
        return new(item.Size * item.Seed);
    }

    [Workload("value-task-void")]
    public async ValueTask ValueTaskVoidAsync() => await Task.Yield();
}

public static class Stated
{
    [Workload("stated", Nature = WorkloadNature.IoBound, SizeUnit = "pixels")]
    public static int Work() => 1;
}

public static class Throwing
{
    [Workload("throws")]
    public static int Work() => throw new FormatException();
}

public static class Reading
{
    [Workload("reads")]
    public static string Work(WorkItem item) => item.Read<string>();
}

public sealed class Counting : IDisposable, IWorkloadSetup
{
    public Counting() => Created++;

    public static int Created { get; set; }

    public static int SetUp { get; set; }

    public static int Disposed { get; set; }

    [Workload("first")]
    public void First()
    {
    }

    [Workload("second")]
    public void Second()
    {
    }

    public Task SetupAsync(CancellationToken cancellationToken)
    {
        SetUp++;
        return Task.CompletedTask;
    }

    public void Dispose() => Disposed++;
}

public sealed record Greeting(string Text);

public sealed class Services : IWorkloadServices
{
    public void Register(IServiceCollection services) => services.AddSingleton(new Greeting("a greeting"));
}

public sealed class Served(Greeting greeting, HttpClient http, TimeProvider clock)
{
    [Workload("served")]
    public string Work() => http.Timeout > TimeSpan.Zero && clock == TimeProvider.System ? greeting.Text : "";
}

public sealed class Unlucky
{
    public Unlucky() => throw new FormatException("no luck");

    [Workload("unlucky")]
    public int Work() => 1;
}

public static class BadName
{
    [Workload("Bad Name")]
    public static int Work() => 1;
}

public static class Twice
{
    [Workload("twice")]
    public static int One() => 1;

    [Workload("twice")]
    public static int Two() => 2;
}

public static class NotPublic
{
    [Workload("hidden")]
    internal static int Work() => 1;
}

internal static class NoPublicClass
{
    [Workload("hidden")]
    public static int Work() => 1;
}

public struct Struct
{
    [Workload("struct")]
    public readonly int Work() => 1;
}

public static class WithoutTask
{
    [Workload("null")]
    public static Task? Work() => null;

    [Workload("null-of-int")]
    public static Task<int>? WorkOfInt() => null;
}

public static class Generic<T>
{
    [Workload("generic")]
    public static int Work() => typeof(T).Name.Length;
}

public static class GenericMethod
{
    [Workload("generic")]
    public static int Work<T>() => typeof(T).Name.Length;
}

public static class WrongParameter
{
    [Workload("wrong")]
    public static int Work(string text) => text.Length;
}

public static class TwoItems
{
    [Workload("two")]
    public static int Work(WorkItem one, WorkItem two) => one.Index + two.Index;
}

public static class AsyncVoid
{
    [Workload("void")]
    public static async void Work() => await Task.Yield();
}

public static class Returning
{
    [Workload("spans")]
    public static ReadOnlySpan<byte> Work() => "a"u8;
}

public static class Enumerating
{
    [Workload("enumerates")]
    public static async IAsyncEnumerable<int> Work()
    {
        await Task.Yield();
        yield return 1;
    }
}

public static class Nested
{
    [Workload("nested")]
    public static Task<Task> Work() => Task.FromResult(Task.CompletedTask);
}

public sealed class Asking(IFormatProvider format)
{
    [Workload("asks")]
    public string Work() => 1.ToString(format);
}

public sealed class Choosing
{
    public Choosing()
    {
    }

    public Choosing(HttpClient http) => _ = http;

    [Workload("chooses")]
    public int Work() => 1;
}

public abstract class Abstract
{
    [Workload("abstract")]
    public int Work() => 1;
}
