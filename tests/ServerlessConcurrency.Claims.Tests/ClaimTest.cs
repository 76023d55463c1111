using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Claims;
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
    private const int MostAttempts = 4;
    // Below it, what a measurement says is its own doing.
    private const double CalmShare = 0.1;
    private static readonly TimeSpan SideLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private ModelCatalog? _models;

    protected CancellationToken Patience { get; } = new CancellationTokenSource(TimeSpan.FromMinutes(10)).Token;

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
    /// Measures as the program does, until the verdict is the expected one. An interval may decide nothing, or others disturb the
    /// measurement: then it is repeated. The opposite of what is expected is a failure, unless others disturbed it. For a machine that
    /// has nothing else to do, and so for tests of the category Measured: how times are judged, and what no load changes, is tested
    /// everywhere.
    /// </summary>
    private protected async Task AssertVerdictAsync(ClaimVerdict expected, Func<CancellationToken, Task<ClaimEvidence?>> measure)
    {
        var seen = new List<string>();
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            ClaimEvidence evidence = (await ClaimsRunner.MeasureSideAsync(measure, SideLimit, Patience))!;
            if (evidence.Verdict == expected)
                return;
            seen.Add(Describe(evidence));
            bool isUndisturbed = evidence.ShareOfOthers < CalmShare;
            if (isUndisturbed && evidence.Verdict != ClaimVerdict.Inconclusive)
                Assert.Fail(string.Join(Environment.NewLine, seen));
        }

        Assert.Fail($"never {expected}; does anything else use the processors?{Environment.NewLine}{string.Join(Environment.NewLine, seen)}");
    }

    /// <summary>Measures until something shows that never shows where the claim is wrong, and that load on the machine may hide.</summary>
    private protected static async Task AssertOnceAsync(Func<ClaimEvidence, bool> shows, Func<Task<ClaimEvidence>> measure)
    {
        var seen = new List<string>();
        while (seen.Count < MostAttempts)
        {
            ClaimEvidence evidence = await measure();
            if (shows(evidence))
                return;
            seen.Add(Describe(evidence));
        }

        Assert.Fail(string.Join(Environment.NewLine, seen));
    }

    private protected static void AssertVerdict(ClaimVerdict expected, ClaimEvidence evidence) => Assert.True(
        expected == Worded(evidence).Verdict, Describe(evidence));

    private protected Task AssertDotNetAsync(ClaimVerdict expected, Claim claim) =>
        AssertVerdictAsync(expected, async token => await claim.MeasureDotNetAsync(Context, token));

    private protected Task AssertEmulatedAsync(ClaimVerdict expected, Claim claim) =>
        AssertVerdictAsync(expected, token => claim.MeasureEmulatedAsync(Context, token));

    private protected Task AssertPythonAsync(ClaimVerdict expected, Claim claim) =>
        AssertVerdictAsync(expected, async _ => await InPythonAsync(claim));

    private protected async Task<ClaimEvidence> InDotNetAsync(Claim claim) => Worded(await claim.MeasureDotNetAsync(Context, Patience));

    /// <summary>Measures the CPython side; the tests need python3, which the product does not.</summary>
    private protected async Task<ClaimEvidence> InPythonAsync(Claim claim)
    {
        PythonSearchResult python = await PythonInterpreter.FindAsync(null, Patience);
        Assert.True(python.Interpreter is not null, python.WhyNone);
        return Worded(await claim.MeasurePythonAsync(Context, python.Interpreter, Patience));
    }

    /// <summary>Times around a value, in seconds: as many rounds as a quick measurement has, and their noise the same for all values.</summary>
    private protected static double[] Around(double seconds) =>
        [.. Enumerable.Range(0, 20).Select(round => seconds * (0.97 + (0.003 * (round * 7 % 20))))];

    // Whatever is measured is told in plain sentences, too.
    private static ClaimEvidence Worded(ClaimEvidence evidence)
    {
        Assert.All(evidence.Criteria, criterion =>
        {
            Assert.Matches("^[A-Z].*[.]$", criterion.Sentence);
            Assert.InRange(criterion.Sentence!.Length, 1, 240);
        });
        return evidence;
    }

    private static string Describe(ClaimEvidence evidence) =>
        $"{evidence.Verdict} ({evidence.Reason}), {evidence.ShareOfOthers:P0} used by others: {string.Join("; ", evidence.Criteria)}";
}
