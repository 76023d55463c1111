using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Engine;

/// <summary>Keeps what it is given, or fails at a certain call.</summary>
internal sealed class RecordingSink : IExperimentSink
{
    public List<string> Calls { get; } = [];

    public List<RunTimings> Runs { get; } = [];

    public List<ExperimentDocument> Documents { get; } = [];

    public ExperimentDocument Ended => Documents[^1];

    /// <summary>Called before each call is recorded.</summary>
    public Action<string> Before { get; init; } = static _ => { };

    public static RecordingSink FailingAt(string call) => new()
    {
        Before = current =>
        {
            if (current == call)
                throw new StorageUnavailableException($"the sink failed at {call}");
        },
    };

    public Task BeginAsync(MeasurementDocument document, CancellationToken cancellationToken) => Take("begin", document);

    public async Task AppendAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken)
    {
        await Take("append", document);
        Runs.Add(run);
    }

    public Task UpdateAsync(MeasurementDocument document, CancellationToken cancellationToken) => Take("update", document);

    public Task EndAsync(MeasurementDocument document, CancellationToken cancellationToken) => Take("end", document);

    private async Task Take(string call, MeasurementDocument document)
    {
        await Task.Yield();
        Calls.Add(call);
        Documents.Add((ExperimentDocument)document);
        Before(call);
    }
}
