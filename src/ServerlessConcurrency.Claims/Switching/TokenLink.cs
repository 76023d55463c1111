namespace ServerlessConcurrency.Claims.Switching;

/// <summary>One player's end of a link over which a token goes to and fro. Neither method spins: who has to wait sleeps in the kernel.</summary>
internal abstract class TokenLink
{
    /// <summary>How long a player waits for the token before it gives up: only another that is gone takes as long.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The token is a byte in one of two pipes: read(2) and write(2).</summary>
    public static TokenLink OverPipes((Stream Incoming, Stream Outgoing) pipes) => new PipeEnd(pipes.Incoming, pipes.Outgoing);

    /// <summary>
    /// The token is a field, and who waits for it waits in <see cref="Monitor.Wait(object)"/>: what SemaphoreSlim and BlockingCollection
    /// block on too, after they have spun for a while, which would hide the switch.
    /// </summary>
    public static (TokenLink First, TokenLink Second) OverMonitor()
    {
        var token = new MonitorToken();
        return (new MonitorEnd(token, player: 0), new MonitorEnd(token, player: 1));
    }

    public abstract void Give();

    /// <exception cref="IOException">The other player is gone.</exception>
    /// <exception cref="TimeoutException">It did not come within <see cref="Patience"/>.</exception>
    public abstract void Take();

    protected static TimeoutException NotCome() => new("the other player of the ping-pong did not hand back the token");

    private sealed class PipeEnd(Stream incoming, Stream outgoing) : TokenLink
    {
        private readonly byte[] _token = new byte[1];

        public override void Give() => outgoing.Write(_token);

        public override void Take() => incoming.ReadExactly(_token);
    }

    private sealed class MonitorToken
    {
        public int Player { get; set; }
    }

    private sealed class MonitorEnd(MonitorToken token, int player) : TokenLink
    {
        public override void Give()
        {
            lock (token)
            {
                token.Player = 1 - player;
                Monitor.Pulse(token);
            }
        }

        public override void Take()
        {
            lock (token)
            {
                while (token.Player != player)
                {
                    if (!Monitor.Wait(token, Patience))
                        throw NotCome();
                }
            }
        }
    }
}
