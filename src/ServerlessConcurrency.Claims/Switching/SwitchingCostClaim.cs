using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>
/// C3: a token goes to and fro between two tasks, two threads and two processes. Holds where on one processor a round trip between
/// processes takes longer than between threads by the same means.
/// </summary>
internal sealed class SwitchingCostClaim(bool otherProcess = true, PythonScript? script = null) : Claim
{
    // Long against the change of players between blocks, short against what disturbs a machine now and then.
    private const int RoundTrips = 100;

    public override string Id => "C3";

    public override string Statement => "Switching between processes costs more than switching between threads";

    internal override IReadOnlyList<ChildScene> Scenes => [new SwitchingScene(), new ProcessPlayer.Scene()];

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        List<SwitchingBlock> blocks = await new SwitchingScene().ResultOfAsync<List<SwitchingBlock>>(
            context,
            new SwitchingScene.Order(
                context.Launch,
                context.Folder,
                RoundTrips,
                ThreadPin.IsSupported ? PinnedRounds(context) : 0,
                FreeRounds(context),
                otherProcess),
            cancellationToken);
        return new SwitchingJudge(blocks, SwitchingLabels.DotNet, context.Seed).Judge();
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        List<SwitchingBlock> blocks = await python.RunAsync<List<SwitchingBlock>>(
            script ?? PythonScript.Load("switching"),
            new { RoundTrips, PinnedRounds = PinnedRounds(context), FreeRounds = FreeRounds(context) },
            cancellationToken);
        return new SwitchingJudge(blocks, SwitchingLabels.CPython(python.HasInterpreterLock), context.Seed).Judge();
    }

    // The difference may be as little as 2 % of a round trip: with 40 rounds the interval is as wide as that, with 400 a third of it.
    private static int PinnedRounds(ClaimContext context) => context.Choose(quick: 400, full: 1_000);

    private static int FreeRounds(ClaimContext context) => context.Choose(quick: 6, full: 100);
}
