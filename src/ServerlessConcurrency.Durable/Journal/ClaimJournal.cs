using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Durable.Journal;

/// <summary>Keeps what was found of each claim until the experiment is concluded: a file for each.</summary>
/// <param name="journal">Where the files go.</param>
public sealed class ClaimJournal(RunJournal journal)
{
    /// <summary>Whether a claim was kept already, by an earlier attempt at its activity.</summary>
    /// <returns>True if there is nothing left to do for it.</returns>
    public async Task<bool> HasAsync(string experimentId, string claim, CancellationToken cancellationToken) =>
        await ReadAsync(experimentId, claim, cancellationToken) is not null;

    /// <summary>Keeps a claim, then the progress of its experiment.</summary>
    /// <param name="document">The experiment; its progress counts this claim as done.</param>
    public async Task KeepAsync(ClaimsDocument document, ClaimResult claim, CancellationToken cancellationToken)
    {
        await journal.SaveAsync(document.Id, FileOf(claim.Id), claim, cancellationToken);
        await journal.TellProgressAsync(document, cancellationToken);
    }

    /// <summary>Reads the claims that were kept.</summary>
    /// <param name="document">The experiment; its own claims stand for those of which nothing was kept.</param>
    /// <returns>The claims, in the order of the spec.</returns>
    public async Task<IReadOnlyList<ClaimResult>> ReadAsync(ClaimsDocument document, CancellationToken cancellationToken)
    {
        var claims = new List<ClaimResult>();
        foreach (string id in document.Spec.Only)
        {
            ClaimResult? claim = await ReadAsync(document.Id, id, cancellationToken) ?? document.Claims.FirstOrDefault(known => known.Id == id);
            if (claim is not null)
                claims.Add(claim);
        }

        return claims;
    }

    private Task<ClaimResult?> ReadAsync(string experimentId, string claim, CancellationToken cancellationToken) =>
        journal.ReadAsync<ClaimResult>(experimentId, FileOf(claim), cancellationToken);

    private static string FileOf(string claim) => $"claim-{claim}.json";
}
