using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace ServerlessConcurrency.Functions.Tests.Queue;

/// <summary>An invocation by the queue trigger: all that a function may know of it is how often its message was delivered.</summary>
/// <param name="delivery">1 for the first delivery.</param>
internal sealed class Invocation(long delivery) : FunctionContext
{
    public override string InvocationId => throw new NotSupportedException();

    public override string FunctionId => throw new NotSupportedException();

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext { get; } = new Binding(delivery);

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();

    private sealed class Binding(long delivery) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } =
            new Dictionary<string, object?> { ["DequeueCount"] = delivery.ToString(CultureInfo.InvariantCulture) };
    }
}
