using System.Text.Json;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Children;

/// <summary>A child process that plays a scene.</summary>
internal static class ClaimChild
{
    /// <summary>The kind of a frame with a JSON value, in either direction.</summary>
    public const byte ValueFrame = 16;

    /// <returns>The child, ready for the frames of its scene. To be disposed of.</returns>
    /// <exception cref="WorkerStartException">It could not be started.</exception>
    public static Task<WorkerProcess> StartAsync<T>(
        ClaimContext context, string scene, T arguments, CancellationToken cancellationToken) =>
        StartAsync(context.Launch, context.Workloads, scene, arguments, cancellationToken);

    /// <returns>The child, ready for the frames of its scene. To be disposed of.</returns>
    /// <exception cref="WorkerStartException">It could not be started.</exception>
    public static Task<WorkerProcess> StartAsync<T>(
        WorkerLaunch launch, WorkloadEnvironment workloads, string scene, T arguments, CancellationToken cancellationToken) =>
        WorkerProcess.StartAsync(
            launch,
            ClaimRole.RoleName,
            workloads,
            new SceneOrder(scene, JsonSerializer.SerializeToElement(arguments, JsonSerializerOptions.Web)),
            cancellationToken);

    /// <summary>Plays a scene that sends one value, in a child process of its own.</summary>
    /// <exception cref="WorkerStartException">The child could not be started, or ended without a value.</exception>
    public static async Task<TValue> PlayAsync<T, TValue>(
        ClaimContext context, string scene, T arguments, CancellationToken cancellationToken)
    {
        using WorkerProcess child = await StartAsync(context, scene, arguments, cancellationToken);
        await using (cancellationToken.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), child))
            return await Task.Run(() => Receive<TValue>(child), CancellationToken.None).WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the next value that a child sends; blocks.</summary>
    /// <exception cref="WorkerStartException">The child ended instead.</exception>
    public static T Receive<T>(WorkerProcess child) => child.Reader.Read(out Frame frame)
        ? frame.ReadJson<T>()
        : throw new WorkerStartException($"the child process of a claim ended early: {child.DescribeExit()}");

    /// <summary>Sends a value to a child.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    public static void Send<T>(FrameWriter writer, T value)
    {
        writer.AppendJson(ValueFrame, value);
        writer.Flush();
    }
}
