using System.Runtime.Versioning;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>The token is one of two named auto-reset events of Windows, which work within a process and across processes alike.</summary>
[SupportedOSPlatform("windows")]
internal sealed class EventToken : ITokenLink, IDisposable
{
    private readonly EventWaitHandle _mine;
    private readonly EventWaitHandle _others;

    /// <summary>Opens one player's end.</summary>
    /// <param name="player">The player whose end this is, 0 or 1.</param>
    public EventToken(string name, int player)
    {
        _mine = new EventWaitHandle(false, EventResetMode.AutoReset, $@"Local\{name}-{player}");
        _others = new EventWaitHandle(false, EventResetMode.AutoReset, $@"Local\{name}-{1 - player}");
    }

    public void Give() => _others.Set();

    public void Take()
    {
        if (!_mine.WaitOne(TokenLink.Patience))
            throw TokenLink.NotCome();
    }

    public void Dispose()
    {
        _mine.Dispose();
        _others.Dispose();
    }
}
