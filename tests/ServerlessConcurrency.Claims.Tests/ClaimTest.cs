using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Tests;

/// <summary>Measures claims for real, one at a time: with this process's threads, child processes of sconc, and python3.</summary>
[Collection("claims")]
public abstract class ClaimTest : IAsyncLifetime
{
    private const int MostAttempts = 8;

    private readonly TemporaryFolder _folder = new();
    private ModelCatalog? _models;

    protected CancellationToken Patience { get; } = new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token;

    private protected ClaimContext Context { get; set; } = null!;

    public Task InitializeAsync()
    {
        var launch = new WorkerLaunch(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "sconc.exe" : "sconc"), [WorkerLaunch.Command]);
        var environment = new WorkloadEnvironment { FileFolder = _folder.Path };
        EnvironmentInfo here = MachineInfo.Describe(EngineNames.Local);
        _models = new ModelCatalog([.. BuiltInModels.Create(), new ProcessesModel(launch, environment)]);
        Context = new ClaimContext
        {
            Quick = true,
            Seed = 42,
            Environment = here,
            Launch = launch,
            Workloads = environment,
            Models = new ModelRuns(EveryWorkload.Create(environment), _models, here, TimeProvider.System),
        };
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_models is not null)
            await _models.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>
    /// Measures until the verdict is the expected one: on a machine that is busy with something else, an interval may decide nothing, or
    /// threads may find no processor free.
    /// </summary>
    private protected static async Task AssertVerdictAsync(ClaimVerdict expected, Func<Task<ClaimEvidence?>> measure)
    {
        var seen = new List<string>();
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            ClaimEvidence evidence = (await measure())!;
            if (evidence.Verdict == expected)
                return;
            seen.Add(Describe(evidence));
        }

        Assert.Fail(string.Join(Environment.NewLine, seen));
    }

    private protected static void AssertVerdict(ClaimVerdict expected, ClaimEvidence evidence) => Assert.True(
        expected == evidence.Verdict, Describe(evidence));

    private protected async Task<ClaimEvidence> InDotNetAsync(Claim claim) => await claim.MeasureDotNetAsync(Context, Patience);

    /// <summary>Measures the CPython side; the tests need python3, which the product does not.</summary>
    private protected async Task<ClaimEvidence> InPythonAsync(Claim claim)
    {
        PythonSearchResult python = await PythonInterpreter.FindAsync(null, Patience);
        Assert.True(python.Interpreter is not null, python.WhyNone);
        return await claim.MeasurePythonAsync(Context, python.Interpreter, Patience);
    }

    private protected Task AssertDotNetAsync(ClaimVerdict expected, Claim claim) =>
        AssertVerdictAsync(expected, async () => await InDotNetAsync(claim));

    private protected Task AssertEmulatedAsync(ClaimVerdict expected, Claim claim) =>
        AssertVerdictAsync(expected, () => claim.MeasureEmulatedAsync(Context, Patience));

    private protected Task AssertPythonAsync(ClaimVerdict expected, Claim claim) =>
        AssertVerdictAsync(expected, async () => await InPythonAsync(claim));

    private static string Describe(ClaimEvidence evidence) =>
        $"{evidence.Verdict} ({evidence.Reason}): {string.Join("; ", evidence.Criteria)}";
}
