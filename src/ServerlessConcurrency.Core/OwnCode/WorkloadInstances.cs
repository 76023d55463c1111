using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>The objects on which an assembly's workloads are called: one of each class in a process, constructed when it is first needed.</summary>
internal sealed class WorkloadInstances : IAsyncDisposable
{
    private readonly Dictionary<Type, Lazy<object>> _byType = [];
    private readonly List<object> _created = [];
    private readonly ServiceProvider _services;

    public WorkloadInstances(IReadOnlyList<Type> types)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<HttpClient>();
        foreach (Type registers in types.Where(type => typeof(IWorkloadServices).IsAssignableFrom(type) && !type.IsAbstract))
            Invoke(() => ((IWorkloadServices)Activator.CreateInstance(registers)!).Register(services), $"{registers.Name}.{nameof(IWorkloadServices.Register)}");
        _services = services.BuildServiceProvider();
    }

    /// <summary>The object of a class, ready for its tasks; what its constructor threw is thrown at every call.</summary>
    public Func<object?> Of(Type type)
    {
        if (!_byType.TryGetValue(type, out Lazy<object>? instance))
            _byType.Add(type, instance = new Lazy<object>(() => Create(type)));
        return () => instance.Value;
    }

    /// <summary>What keeps a class from being constructed; null where nothing does as far as can be seen.</summary>
    public string? MistakeIn(Type type)
    {
        ConstructorInfo[] constructors = type.GetConstructors();
        if (type.IsAbstract || type.IsValueType)
            return $"{type.Name} is {(type.IsValueType ? "a struct; make it a class, or the method static" : "abstract")}";
        if (constructors.Length != 1)
            return $"{type.Name} has {constructors.Length} public constructors; expected one";
        var known = _services.GetRequiredService<IServiceProviderIsService>();
        return Array.Find(constructors[0].GetParameters(), parameter => !known.IsService(parameter.ParameterType)) is { } unknown
            ? $"the constructor of {type.Name} takes a {unknown.ParameterType.Name}, which no {nameof(IWorkloadServices)} registers"
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        object[] created;
        lock (_created)
            created = [.. _created];
        foreach (object instance in created)
        {
            if (instance is IAsyncDisposable awaiting)
                await awaiting.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }

        await _services.DisposeAsync();
    }

    private object Create(Type type)
    {
        object instance = null!;
        Invoke(() => instance = ActivatorUtilities.CreateInstance(_services, type), $"the constructor of {type.Name}");
        lock (_created)
            _created.Add(instance);
        if (instance is IWorkloadSetup setup)
            Invoke(() => setup.SetupAsync(CancellationToken.None).GetAwaiter().GetResult(), $"{type.Name}.{nameof(IWorkloadSetup.SetupAsync)}");
        return instance;
    }

    private static void Invoke(Action call, string what)
    {
        try
        {
            call();
        }
        catch (Exception exception)
        {
            Exception thrown = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            throw new OwnCodeException($"{what} threw {thrown.GetType().Name}: {thrown.Message}", thrown);
        }
    }
}
