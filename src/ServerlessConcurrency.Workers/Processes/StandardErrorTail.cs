using System.Text;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>
/// Keeps the end of what a child process writes to standard error, without the lines that came shortly before: a stack that has overflowed is the
/// same few lines thousands of times. Has a thread of its own, which blocks in read(2): an asynchronous read of an anonymous pipe would occupy a
/// thread of the pool that others measure.
/// </summary>
internal sealed class StandardErrorTail
{
    /// <summary>How much is told, in bytes.</summary>
    public const int MaxBytes = 4 * 1024;

    private const int KeptBytes = 4 * MaxBytes;

    private const int LinesRemembered = 16;

    private readonly Stream _stream;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    // How the runtime begins to say why it ends a process; what follows is the stack.
    private static readonly string[] Openings = ["Stack overflow.", "Unhandled exception.", "Process terminated.", "Fatal error.", "Out of memory."];

    private readonly byte[] _ring = new byte[KeptBytes];
    private readonly byte[] _line = new byte[MaxBytes];
    private readonly Queue<int> _recent = new();
    private int _lineLength;
    private long _total;

    public StandardErrorTail(Stream stream, int processId)
    {
        _stream = stream;
        _thread = new Thread(ReadToEnd, maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = $"stderr of worker {processId}",
        };
        _thread.Start();
    }

    /// <summary>Why the process ended or, where it does not say that, what it wrote last, on one line; empty where it wrote nothing.</summary>
    public string OneLine
    {
        get
        {
            string[] lines = Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            int reason = Array.FindLastIndex(lines, line => Openings.Any(opening => line.StartsWith(opening, StringComparison.Ordinal)));
            string told = string.Join(" | ", reason < 0 ? lines : lines[reason..]);
            return told.Length <= MaxBytes ? told : reason < 0 ? told[^MaxBytes..] : told[..MaxBytes];
        }
    }

    private string Text
    {
        get
        {
            lock (_lock)
            {
                int length = (int)Math.Min(_total, KeptBytes);
                var tail = new byte[length];
                for (int offset = 0; offset < length; offset++)
                    tail[offset] = _ring[(_total - length + offset) % KeptBytes];
                return Encoding.UTF8.GetString(tail);
            }
        }
    }

    /// <summary>Waits until the process has closed its standard error, so that the last words are in.</summary>
    /// <param name="patience">How long: a grandchild may keep the pipe open.</param>
    public void WaitForEnd(TimeSpan patience) => _thread.Join(patience);

    private void ReadToEnd()
    {
        var buffer = new byte[MaxBytes];
        try
        {
            for (int read = _stream.Read(buffer); read > 0; read = _stream.Read(buffer))
                Keep(buffer.AsSpan(0, read));
            EndLine();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone and was disposed of while this thread was on its way into the read.
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _line[_lineLength++] = value;
            if (value == '\n' || _lineLength == MaxBytes)
                EndLine();
        }
    }

    private void EndLine()
    {
        ReadOnlySpan<byte> line = _line.AsSpan(0, _lineLength);
        _lineLength = 0;
        var hash = default(HashCode);
        hash.AddBytes(line);
        int code = hash.ToHashCode();
        if (_recent.Contains(code))
            return;
        _recent.Enqueue(code);
        if (_recent.Count > LinesRemembered)
            _recent.Dequeue();
        lock (_lock)
        {
            foreach (byte value in line)
                _ring[_total++ % KeptBytes] = value;
        }
    }
}
