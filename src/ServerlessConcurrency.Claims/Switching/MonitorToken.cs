namespace ServerlessConcurrency.Claims.Switching;

/// <summary>
/// The token is a field, and who waits for it waits in <see cref="Monitor.Wait(object)"/>: what SemaphoreSlim and BlockingCollection
/// block on too, after they have spun for a while, which would hide the switch.
/// </summary>
internal sealed class MonitorToken
{
    private readonly object _gate = new();
    private bool _withSecond;

    /// <summary>The two ends.</summary>
    public (ITokenLink First, ITokenLink Second) Ends() => (new End(this, second: false), new End(this, second: true));

    private sealed class End(MonitorToken token, bool second) : ITokenLink
    {
        public void Give()
        {
            lock (token._gate)
            {
                token._withSecond = !second;
                Monitor.Pulse(token._gate);
            }
        }

        public void Take()
        {
            lock (token._gate)
            {
                while (token._withSecond != second)
                {
                    if (!Monitor.Wait(token._gate, TokenLink.Patience))
                        throw TokenLink.NotCome();
                }
            }
        }
    }
}
