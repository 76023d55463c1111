using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ServerlessConcurrency.Durable.Tests.InMemory;

/// <summary>An orchestration's context that notes what it is asked for. Retries and timers are as many, but without their delays.</summary>
internal sealed class WatchedContext : TaskOrchestrationContext
{
    private readonly TaskOrchestrationContext _inner;
    private readonly OrchestrationLog _log;
    private readonly object? _input;
    private readonly Generation _generation;
    private readonly Dictionary<string, int> _open = [];
    private int _place;
    private int _ended;

    public WatchedContext(TaskOrchestrationContext inner, OrchestrationLog log, object? input)
    {
        _inner = inner;
        _log = log;
        _input = input;
        _generation = log.Begin(inner.InstanceId, input);
    }

    public override TaskName Name => _inner.Name;

    public override string InstanceId => _inner.InstanceId;

    public override ParentOrchestrationInstance? Parent => _inner.Parent;

    public override DateTime CurrentUtcDateTime => _inner.CurrentUtcDateTime + _log.TimePassed(_input, _ended);

    public override bool IsReplaying => _inner.IsReplaying;

    protected override ILoggerFactory LoggerFactory => _inner.ReplaySafeLoggerFactory;

    public override T? GetInput<T>()
        where T : default => _inner.GetInput<T>();

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Take($"activity {name.Name} {JsonSerializer.Serialize(input)}");
        _log.Open(name.Name, _open[name.Name] = _open.GetValueOrDefault(name.Name) + 1);
        try
        {
            return await _inner.CallActivityAsync<TResult>(name, input, Hasten(options));
        }
        finally
        {
            _open[name.Name]--;
            _ended++;
        }
    }

    public override Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken)
    {
        _generation.Delay(_place, delay);
        Take($"timer {delay}");
        return _inner.CreateTimer(TimeSpan.FromMilliseconds(1), cancellationToken);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => _inner.CreateTimer(fireAt, cancellationToken);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        _inner.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) => _inner.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus)
    {
        if (!IsReplaying)
            _log.Status(customStatus);
        _inner.SetCustomStatus(customStatus);
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Take($"orchestration {orchestratorName.Name} {JsonSerializer.Serialize(input)}");
        try
        {
            return await _inner.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options);
        }
        finally
        {
            _ended++;
        }
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        Take($"next {JsonSerializer.Serialize(newInput)}");
        _inner.ContinueAsNew(newInput, preserveUnprocessedEvents);
    }

    public override Guid NewGuid() => _inner.NewGuid();

    private void Take(string call) => _log.Take(_generation, _place++, call);

    private static TaskOptions? Hasten(TaskOptions? options) => options?.Retry?.Policy is { } policy
        ? TaskOptions.FromRetryPolicy(new RetryPolicy(policy.MaxNumberOfAttempts, TimeSpan.FromMilliseconds(1)))
        : options;
}
