using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.EndToEnd.Tests;

[Collection(FunctionsFixture.Collection)]
public sealed class ClaimsTests(FunctionsFixture functions)
{
    [Fact]
    public async Task Claims_are_measured_on_a_Functions_host()
    {
        var log = new HostLog();
        await using HostFleet fleet = await HostFleet.StartAsync(functions.NewHub(1, log.Add), CancellationToken.None);
        using var submission = new Submission(fleet.Hosts[0], """{ "kind": "claims", "only": ["C4", "C8"], "quick": true }""");

        ClaimsDocument document = await submission.CompleteAsync<ClaimsDocument>(log);

        Assert.Equal((ExperimentStatus.Completed, "azure-functions"), (document.Status, document.Environment.Engine));
        Assert.Equal(["C4", "C8"], document.Claims.Select(claim => claim.Id));
        Assert.All(document.Claims, claim =>
        {
            // Which one it is depends on how busy the machine is; that there is one does not.
            Assert.Contains(claim.DotNet.Verdict, new[] { ClaimVerdict.Holds, ClaimVerdict.DoesNotHold, ClaimVerdict.Inconclusive });
            Assert.False(claim.DotNet.Failed, claim.DotNet.Reason);
            Assert.NotEmpty(claim.DotNet.Figures);
            Assert.True(claim.CPython.Reason is not null || claim.CPython.Figures.Count > 0);
            Assert.False(claim.CPython.Failed, claim.CPython.Reason);
        });
        Assert.NotNull(document.Claims[0].Emulated);
    }
}
