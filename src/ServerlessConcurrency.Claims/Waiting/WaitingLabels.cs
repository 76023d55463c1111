using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>What one side calls its variants.</summary>
internal sealed record WaitingLabels(string Loop, string Threads)
{
    /// <summary>Those of .NET: ids of models.</summary>
    public static WaitingLabels DotNet { get; } = new(EventLoopModel.ModelId, ThreadsModel.ModelId);

    /// <summary>Those of CPython: modules.</summary>
    public static WaitingLabels CPython { get; } = new("asyncio", "threading");
}
