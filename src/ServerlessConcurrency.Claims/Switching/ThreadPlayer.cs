using ServerlessConcurrency.Claims.Interprocess;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A second player that is a thread of this process, over the same links as a process and over <see cref="Monitor"/>.</summary>
internal sealed class ThreadPlayer : SecondPlayer
{
    private readonly PipePair _pipes = new(HandleInheritability.None);
    private readonly SharedToken? _memory;
    private readonly Dictionary<TokenLink, TokenLink> _seconds = [];
    private Thread? _thread;
    private SwitchCount _switches;

    public ThreadPlayer(string folder)
    {
        Pipe = Join(TokenLink.OverPipes((_pipes.Incoming, _pipes.Outgoing)), TokenLink.OverPipes(_pipes.OpenHere()));
        (TokenLink first, TokenLink second) = TokenLink.OverMonitor();
        Usual = Join(first, second);
        _memory = SharedToken.CreateIn(folder);
        Memory = _memory is null ? null : Join(_memory.End(player: 0), _memory.End(player: 1));
    }

    public override TokenLink Pipe { get; }

    public override TokenLink? Memory { get; }

    /// <summary>The first player's end of the link over <see cref="Monitor"/>.</summary>
    public TokenLink Usual { get; }

    public override void Dispose()
    {
        _pipes.Dispose();
        _memory?.Dispose();
    }

    protected override void Begin(TokenLink link, int roundTrips, bool pinned)
    {
        _thread = new Thread(() => _switches = PingPong.Return(_seconds[link], roundTrips, pinned)) { Name = "second player" };
        _thread.Start();
    }

    protected override SwitchCount End()
    {
        _thread!.Join();
        return _switches;
    }

    private TokenLink Join(TokenLink first, TokenLink second)
    {
        _seconds.Add(first, second);
        return first;
    }
}
