using System.Text.Json;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Children;

/// <summary>What a child process of a claim does.</summary>
internal interface IChildScene
{
    /// <summary>The name by which the parent asks for it.</summary>
    string Name { get; }

    /// <summary>Does it; the process ends when the returned task does, and at once when the parent is gone.</summary>
    Task PlayAsync(WorkerSession session, JsonElement arguments);
}
