using System.IO.Pipes;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A second player that is a thread of this process, over the same links as a process and over <see cref="Monitor"/>.</summary>
internal sealed class ThreadPlayer : ISecondPlayer
{
    private readonly List<IDisposable> _opened = [];
    private readonly Dictionary<ITokenLink, ITokenLink> _seconds = [];
    private Thread? _thread;
    private SwitchCount _switches;

    /// <summary>Opens the links.</summary>
    public ThreadPlayer(string folder)
    {
        (Stream toSecond, Stream fromFirst) = OpenPipe();
        (Stream toFirst, Stream fromSecond) = OpenPipe();
        Pipe = Join(new PipeToken(fromSecond, toSecond), new PipeToken(fromFirst, toFirst));
        (ITokenLink first, ITokenLink second) = new MonitorToken().Ends();
        Usual = Join(first, second);
        if (!SharedToken.IsSupported)
            return;
        var memory = new SharedToken(Path.Combine(folder, $"token-{Guid.NewGuid():N}"));
        _opened.Add(memory);
        Memory = Join(memory.End(0), memory.End(1));
    }

    public ITokenLink Pipe { get; }

    public ITokenLink? Memory { get; }

    /// <summary>The first player's end of the link over <see cref="Monitor"/>.</summary>
    public ITokenLink Usual { get; }

    public void Begin(ITokenLink link, int roundTrips, bool pinned)
    {
        _thread = new Thread(() => _switches = TokenPlayer.Return(_seconds[link], roundTrips, pinned)) { Name = "second player" };
        _thread.Start();
    }

    public SwitchCount End()
    {
        _thread!.Join();
        return _switches;
    }

    public void Dispose() => _opened.ForEach(opened => opened.Dispose());

    private (Stream Writing, Stream Reading) OpenPipe()
    {
        var writing = new AnonymousPipeServerStream(PipeDirection.Out);
        var reading = new AnonymousPipeClientStream(PipeDirection.In, writing.ClientSafePipeHandle);
        _opened.AddRange([reading, writing]);
        return (writing, reading);
    }

    private ITokenLink Join(ITokenLink first, ITokenLink second)
    {
        _seconds.Add(first, second);
        return first;
    }
}
