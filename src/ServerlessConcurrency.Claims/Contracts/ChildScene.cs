using System.Text.Json;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Contracts;

/// <summary>What a child process of a claim does: the claim names it among its <see cref="Claim.Scenes"/> and starts it by the same class.</summary>
internal abstract class ChildScene
{
    public string Name => GetType().FullName!;

    /// <summary>Does it; the process ends when the returned task does, and at once when the parent is gone.</summary>
    public abstract Task PlayAsync(WorkerSession session, JsonElement arguments);

    /// <summary>What a child gets to know which scene it plays.</summary>
    internal sealed record StartOrder(string Scene, JsonElement Arguments);
}

/// <typeparam name="TArguments">What it is started with, sent as JSON.</typeparam>
internal abstract class ChildScene<TArguments> : ChildScene
{
    public sealed override Task PlayAsync(WorkerSession session, JsonElement arguments) =>
        PlayAsync(arguments.Deserialize<TArguments>(JsonSerializerOptions.Web)!, session, new Messages(session.Reader, session.Writer));

    public StartOrder OrderOf(TArguments arguments) => new(Name, JsonSerializer.SerializeToElement(arguments, JsonSerializerOptions.Web));

    public Task<ClaimChild> StartAsync(ClaimContext context, TArguments arguments, CancellationToken cancellationToken) =>
        StartAsync(context.Launch, context.Workloads, arguments, cancellationToken);

    /// <summary>Starts it from within another scene, too.</summary>
    public async Task<ClaimChild> StartAsync(
        WorkerLaunch launch, WorkloadEnvironment workloads, TArguments arguments, CancellationToken cancellationToken) =>
        new(await WorkerStart.PersistentlyAsync(
            () => WorkerProcess.StartAsync(launch, ClaimChild.RoleName, workloads, OrderOf(arguments), cancellationToken)));

    /// <summary>Starts several side by side: all or none.</summary>
    public async Task<ClaimChild[]> StartAllAsync(
        ClaimContext context, IEnumerable<TArguments> arguments, CancellationToken cancellationToken)
    {
        Task<ClaimChild>[] starts = [.. arguments.Select(each => StartAsync(context, each, cancellationToken))];
        try
        {
            return await Task.WhenAll(starts);
        }
        catch
        {
            foreach (Task<ClaimChild> start in starts.Where(start => start.IsCompletedSuccessfully))
                (await start).Dispose();
            throw;
        }
    }

    /// <summary>Plays a scene that sends one value.</summary>
    /// <exception cref="WorkerStartException">The child could not be started, or ended without a value.</exception>
    public async Task<TValue> ResultOfAsync<TValue>(ClaimContext context, TArguments arguments, CancellationToken cancellationToken)
    {
        using ClaimChild child = await StartAsync(context, arguments, cancellationToken);
        return await child.ReceiveAsync<TValue>(cancellationToken);
    }

    protected abstract Task PlayAsync(TArguments arguments, WorkerSession session, Messages parent);
}
