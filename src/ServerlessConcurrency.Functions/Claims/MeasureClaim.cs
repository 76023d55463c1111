using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Functions.Claims;

/// <summary>
/// The activity that measures a claim. Executed again after its host was lost, it measures anew; after its result was stored, it does
/// nothing.
/// </summary>
/// <param name="claims">Where the result goes.</param>
/// <param name="journal">Tells whether the experiment is still wanted.</param>
public sealed class MeasureClaim(ClaimMeasurements measurements, ClaimJournal claims, RunJournal journal)
{
    /// <summary>Measures the claim and stores what was found.</summary>
    /// <param name="cancellationToken">Cancelled when the host stops: the activity then fails, and another host takes it.</param>
    public async Task RunAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (await claims.HasAsync(request.Document.Id, request.Claim, cancellationToken))
            return;
        await journal.WhileWantedAsync(
            request.Document.Id,
            async wanted =>
            {
                ClaimResult claim = await measurements.MeasureAsync(request.Document, request.Claim, wanted);
                await claims.KeepAsync(request.Document, claim, wanted);
            },
            cancellationToken);
    }
}
