using System.Linq.Expressions;
using System.Reflection;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>
/// A user's method as a workload. A blocking method is run as it is by every model, and where a model awaits, as a computation; an awaiting one
/// is waited for where a model blocks.
/// </summary>
/// <typeparam name="T">What the method returns or its task results in; <see cref="Nothing"/> for none.</typeparam>
internal sealed class WorkloadMethod<T> : Workload
{
    private static readonly Func<T, ulong> ChecksumOf = ResultChecksum.For<T>();

    private readonly WorkloadAttribute _attribute;
    private readonly Func<object?> _instance;
    private readonly Func<object?, WorkItem, Execution, T>? _blocking;
    private readonly Func<object?, WorkItem, Execution, ValueTask<T>>? _awaiting;

    /// <param name="method">A method whose signature was checked.</param>
    /// <param name="instance">The process's object of the method's class; null for a static method.</param>
    public WorkloadMethod(WorkloadAttribute attribute, MethodInfo method, Func<object?> instance)
    {
        _attribute = attribute;
        _instance = instance;
        if (MethodShape.IsAwaiting(method.ReturnType))
            _awaiting = Compile<ValueTask<T>>(method, AsValueTask);
        else
            _blocking = Compile<T>(method, call => method.ReturnType == typeof(void) ? Expression.Block(call, Expression.Default(typeof(T))) : call);
    }

    public override string Kind => _attribute.Name;

    public override WorkloadNature Nature => _attribute.Nature;

    public override bool IsNatureKnown => _attribute.StatedNature is not null;

    public override bool IsOwnCode => true;

    public override bool HasChecksum => typeof(T) != typeof(Nothing);

    public override string SizeUnit => _attribute.SizeUnit;

    public override long MaxSize => 1_000_000_000;

    public override ulong Execute(TaskInput task, Execution execution)
    {
        if (_blocking is not null)
            return ChecksumOf(_blocking(_instance(), Item(task), execution));
        ValueTask<T> pending = _awaiting!(_instance(), Item(task), execution);
        return ChecksumOf(pending.IsCompleted
            ? pending.GetAwaiter().GetResult()
            : execution.Wait(pending, static pending => pending.AsTask().GetAwaiter().GetResult()));
    }

    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => _awaiting is not null
        ? ChecksumOf(await _awaiting(_instance(), Item(task), execution))
        : await execution.ComputeAsync(task, Execute);

    private static WorkItem Item(TaskInput task) =>
        new(task.Index, task.Size, task.Seed, task.Items is null ? default : ItemFile.Open(task.Items).Read(task.Index));

    private static Func<object?, WorkItem, Execution, TResult> Compile<TResult>(MethodInfo method, Func<Expression, Expression> convert)
    {
        ParameterExpression instance = Expression.Parameter(typeof(object));
        ParameterExpression item = Expression.Parameter(typeof(WorkItem));
        ParameterExpression execution = Expression.Parameter(typeof(Execution));
        Expression[] arguments =
        [
            .. method.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(WorkItem) ? item
                : parameter.ParameterType == typeof(Execution) ? execution
                : (Expression)Expression.Property(execution, nameof(Execution.CancellationToken))),
        ];
        Expression call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.ReflectedType!), method, arguments);
        return Expression.Lambda<Func<object?, WorkItem, Execution, TResult>>(convert(call), instance, item, execution).Compile();
    }

    private static Expression AsValueTask(Expression call) =>
        call.Type == typeof(ValueTask<T>) ? call
        : call.Type == typeof(Task<T>) ? Expression.Call(typeof(MethodShape), nameof(MethodShape.OfTaskWithResult), [typeof(T)], call)
        : Expression.Call(typeof(MethodShape), call.Type == typeof(Task) ? nameof(MethodShape.OfTask) : nameof(MethodShape.OfValueTask), null, call);
}
