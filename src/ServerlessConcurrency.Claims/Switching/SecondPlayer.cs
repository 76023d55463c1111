namespace ServerlessConcurrency.Claims.Switching;

/// <summary>Who the first player plays with, and the first player's ends of the links between them.</summary>
internal abstract class SecondPlayer : IDisposable
{
    public abstract TokenLink Pipe { get; }

    /// <summary>The token in shared memory; null where the system has none.</summary>
    public abstract TokenLink? Memory { get; }

    /// <summary>Plays a block over one of the links; the switches are those of both players.</summary>
    public (TimeSpan Elapsed, SwitchCount Switches) Play(TokenLink link, int roundTrips, bool pinned)
    {
        Begin(link, roundTrips, pinned);
        (TimeSpan elapsed, SwitchCount switches) = PingPong.Serve(link, roundTrips, pinned);
        return (elapsed, switches + End());
    }

    public abstract void Dispose();

    /// <summary>Begins to hand the token back.</summary>
    protected abstract void Begin(TokenLink link, int roundTrips, bool pinned);

    /// <summary>Waits for the end of what was begun.</summary>
    protected abstract SwitchCount End();
}
