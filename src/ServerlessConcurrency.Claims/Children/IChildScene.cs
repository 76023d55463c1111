using System.Text.Json;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Children;

/// <summary>What a child process of a claim does.</summary>
internal interface IChildScene
{
    /// <summary>The name by which the parent asks for it.</summary>
    string Name { get; }

    /// <summary>Does it; the process ends when the returned task does, and at once when the parent is gone.</summary>
    /// <param name="session">The pipes to the parent.</param>
    /// <param name="arguments">What the parent gave along.</param>
    /// <returns>A task that ends when there is nothing more to do.</returns>
    Task PlayAsync(WorkerSession session, JsonElement arguments);
}
