namespace ServerlessConcurrency.Claims.Switching;

/// <summary>Who the first player plays with.</summary>
internal interface ISecondPlayer : IDisposable
{
    /// <summary>The first player's end of the pipes.</summary>
    ITokenLink Pipe { get; }

    /// <summary>The first player's end of the token in shared memory; null where the system has none.</summary>
    ITokenLink? Memory { get; }

    /// <summary>Begins to hand the token back.</summary>
    /// <param name="link">The first player's end of the link to play over.</param>
    void Begin(ITokenLink link, int roundTrips, bool pinned);

    /// <summary>Waits for the end of what was begun.</summary>
    SwitchCount End();
}
