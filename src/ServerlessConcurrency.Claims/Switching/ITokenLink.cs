namespace ServerlessConcurrency.Claims.Switching;

/// <summary>One player's end of a link over which a token goes to and fro. Neither method spins: who has to wait sleeps in the kernel.</summary>
internal interface ITokenLink
{
    /// <summary>Hands the token to the other player.</summary>
    void Give();

    /// <summary>Waits for the token.</summary>
    /// <exception cref="IOException">The other player is gone.</exception>
    /// <exception cref="TimeoutException">It did not come within <see cref="TokenLink.Patience"/>.</exception>
    void Take();
}
