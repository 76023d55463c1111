using System.Text.Json;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Hosting;

/// <summary>The child's side of the connection with its parent.</summary>
public sealed class WorkerSession
{
    private readonly Lazy<WorkloadCatalog> _workloads;
    private readonly JsonElement _settings;
    private readonly Lock _sending = new();

    internal WorkerSession(
        FrameReader reader,
        FrameWriter writer,
        WorkerConfiguration configuration,
        Func<WorkloadEnvironment, WorkloadCatalog> createWorkloads)
    {
        Reader = reader;
        Writer = writer;
        Environment = configuration.Environment;
        _settings = configuration.Settings;
        _workloads = new Lazy<WorkloadCatalog>(() => createWorkloads(Environment));
    }

    /// <summary>The frames that the parent sends.</summary>
    public FrameReader Reader { get; }

    /// <summary>The frames for the parent; for one thread at a time.</summary>
    public FrameWriter Writer { get; }

    /// <summary>What the workloads talk to, as the parent sees it.</summary>
    public WorkloadEnvironment Environment { get; }

    /// <summary>The program's workloads, created on first use.</summary>
    public WorkloadCatalog Workloads => _workloads.Value;

    /// <summary>Sends frames; for any thread, where nobody uses <see cref="Writer"/>.</summary>
    /// <param name="append">Adds them.</param>
    public void Send(Action<FrameWriter> append)
    {
        lock (_sending)
        {
            append(Writer);
            Writer.Flush();
        }
    }

    /// <summary>Reads what the parent gave as the role's settings.</summary>
    /// <exception cref="InvalidDataException">The parent gave none.</exception>
    /// <exception cref="JsonException">The parent gave others.</exception>
    public T Settings<T>() => _settings.Deserialize<T>(JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"the settings are null instead of {typeof(T).Name}");
}
