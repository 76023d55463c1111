using System.Globalization;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.EndToEnd.Tests;

/// <summary>An experiment that <c>sconc submit</c> has started on a host, and follows.</summary>
internal sealed class Submission : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Sconc _sconc;

    public Submission(FunctionsHost host, string spec)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "spec.json"), spec);
        _sconc = Sconc.Start(_folder.Path, "submit", "spec.json", "--endpoint", host.Address.ToString(), "--patience", "300", "--json");
    }

    /// <summary>Waits for the end of the experiment.</summary>
    public async Task<ExperimentDocument> CompleteAsync(HostLog log) => await CompleteAsync<ExperimentDocument>(log);

    public async Task<TDocument> CompleteAsync<TDocument>(HostLog log)
        where TDocument : MeasurementDocument
    {
        int exitCode = await _sconc.WaitAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{_sconc.Error}\n{_sconc.Out}\n{log}");
        return JsonSerializer.Deserialize<TDocument>(_sconc.Out, ExperimentJson.Compact)!;
    }

    /// <summary>The rows of timings.csv, by column.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Timings(ExperimentDocument document)
    {
        string[] lines = File.ReadAllLines(Path.Combine(_folder.Path, "results", document.Id, "timings.csv"));
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <summary>The tasks that have exactly one counted attempt.</summary>
    public IReadOnlyList<int> CountedTasks(ExperimentDocument document) =>
    [
        .. Timings(document)
            .Where(row => row["outcome"] == "succeeded")
            .Select(row => int.Parse(row["taskIndex"], CultureInfo.InvariantCulture))
            .Order(),
    ];

    public void Dispose()
    {
        _sconc.Dispose();
        _folder.Dispose();
    }
}
