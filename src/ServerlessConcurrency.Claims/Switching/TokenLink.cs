namespace ServerlessConcurrency.Claims.Switching;

/// <summary>What all links have in common.</summary>
internal static class TokenLink
{
    /// <summary>How long a player waits for the token before it gives up: only another that is gone takes as long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Says that the token did not come.</summary>
    public static TimeoutException NotCome() => new("the other player of the ping-pong did not hand back the token");
}
