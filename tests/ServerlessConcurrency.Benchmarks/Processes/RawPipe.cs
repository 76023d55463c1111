using System.Diagnostics;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>Two processes that send each other messages of fixed sizes over pipes with plain reads and writes, nothing else.</summary>
internal sealed class RawPipe : IDisposable
{
    public const string Command = "raw-pipe";

    /// <summary>As many bytes as a task and its result take.</summary>
    private const int RequestBytes = 13;
    private const int ReplyBytes = 41;

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;

    public RawPipe()
    {
        WorkerLaunch self = WorkerLaunch.Self();
        _process = Process.Start(new ProcessStartInfo(self.FileName, [.. self.Arguments.SkipLast(1), Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _input = _process.StandardInput.BaseStream;
        _output = _process.StandardOutput.BaseStream;
    }

    /// <summary>The other process.</summary>
    public static int Echo()
    {
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        var request = new byte[RequestBytes];
        var reply = new byte[ReplyBytes];
        while (input.ReadAtLeast(request, request.Length, throwOnEndOfStream: false) == request.Length)
            output.Write(reply);
        return 0;
    }

    /// <summary>Goes there and back.</summary>
    /// <returns>How long all rounds took.</returns>
    public TimeSpan Time(int roundTrips)
    {
        var request = new byte[RequestBytes];
        var reply = new byte[ReplyBytes];
        long began = Stopwatch.GetTimestamp();
        for (int trip = 0; trip < roundTrips; trip++)
        {
            _input.Write(request);
            _input.Flush();
            _output.ReadExactly(reply);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    public void Dispose()
    {
        _input.Dispose();
        _process.WaitForExit();
        _output.Dispose();
        _process.Dispose();
    }
}
