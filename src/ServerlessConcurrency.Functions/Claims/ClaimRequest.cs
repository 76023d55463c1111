using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Functions.Claims;

/// <summary>The input of <see cref="MeasureClaim"/>.</summary>
/// <param name="Document">The experiment; its progress counts this claim as done.</param>
public sealed record ClaimRequest(ClaimsDocument Document, string Claim);
