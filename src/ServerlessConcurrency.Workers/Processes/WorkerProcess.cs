using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>
/// A child process that exchanges frames with this one over its standard input and output. It ends at once when its standard
/// input is closed, so that it never outlives this process, however that ends.
/// </summary>
public sealed class WorkerProcess : IDisposable
{
    // Hexadecimal, as the runtime reads it: 40.
    private const string MostMemoryPercent = "28";

    // As on every Unix, see errno(3).
    private const int TryAgain = 11;
    private const int TooManyFilesOpen = 23;
    private const int TooManyFilesOpenHere = 24;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly StandardErrorTail _errors;
    private readonly Stream _input;
    private readonly Stream _output;
    private string? _killedBecause;
    private bool _disposed;

    private WorkerProcess(Process process, TimeSpan patience)
    {
        _process = process;
        Patience = patience;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _errors = new StandardErrorTail(process.StandardError.BaseStream, process.Id);
        Host = new HostIdentity(Environment.MachineName, process.Id);
        Reader = new FrameReader(_output);
        Writer = new FrameWriter(_input);
    }

    public HostIdentity Host { get; }

    /// <summary>How long it may take for an answer that costs it no work.</summary>
    internal TimeSpan Patience { get; }

    /// <summary>The frames that the child sends. <see cref="FrameReader.Fill"/> returns false once it is gone.</summary>
    public FrameReader Reader { get; }

    /// <summary>The frames for the child. Writing throws <see cref="IOException"/> once it is gone.</summary>
    public FrameWriter Writer { get; }

    /// <summary>What the child wrote to standard error, the last 4 KiB on one line; empty if nothing.</summary>
    public string StandardError => _errors.OneLine;

    /// <summary>The processor time the child has used since its start; zero where the system does not tell any more.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.TotalProcessorTime;
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException)
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>Starts a child process and blocks until it is ready for the frames of its role.</summary>
    /// <param name="settings">What else the role needs; sent as JSON, null for nothing.</param>
    /// <exception cref="WorkerStartException">It could not be started, died, or was not ready within a minute.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled.</exception>
    public static WorkerProcess Start(
        WorkerLaunch launch,
        string role,
        WorkloadEnvironment environment,
        object? settings = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Process process = StartProcess(launch, environment);
        WorkerProcess worker;
        try
        {
            worker = new WorkerProcess(process, launch.Patience);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }

        try
        {
            using Deadline inTime = worker.Expect("get ready", launch.ReadyPatience);
            using (cancellationToken.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), worker))
                worker.ShakeHands(launch, role, environment, settings);
            cancellationToken.ThrowIfCancellationRequested();
            return worker;
        }
        catch
        {
            worker.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Starts a child process on a thread of its own, see <see cref="Start"/>.</summary>
    /// <param name="settings">What else the role needs; sent as JSON, null for nothing.</param>
    /// <exception cref="WorkerStartException">It could not be started, died, or was not ready within a minute.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled.</exception>
    public static Task<WorkerProcess> StartAsync(
        WorkerLaunch launch,
        string role,
        WorkloadEnvironment environment,
        object? settings = null,
        CancellationToken cancellationToken = default) => Task.Factory.StartNew(
            () => Start(launch, role, environment, settings, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);

    /// <summary>Kills the child at once; does nothing if it is gone.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Kills the child at once, and keeps why for <see cref="DescribeExit"/>.</summary>
    /// <param name="because">E.g. <c>was killed because ...</c>.</param>
    internal void Kill(string because)
    {
        Volatile.Write(ref _killedBecause, because);
        Kill();
    }

    /// <summary>Kills the child unless what is returned is disposed of before its patience is over.</summary>
    /// <param name="answer">What it is to do, e.g. <c>say what a run has used</c>.</param>
    /// <param name="patience">How long it may take; null: as for an answer that costs it no work.</param>
    public Deadline Expect(string answer, TimeSpan? patience = null) => new(this, patience ?? Patience, answer);

    /// <summary>Closes the child's standard input, on which it ends, on Unix at once and whatever it is doing.</summary>
    public void CloseInput()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // Nothing is buffered, so nothing is lost.
        }
    }

    /// <summary>Waits until the child has ended, and says how.</summary>
    /// <param name="patience">How long at most.</param>
    /// <returns>
    /// Its exit code as .NET reports it, 128 plus the signal's number for a process killed by a signal on Unix; null if it lives on.
    /// </returns>
    public int? ExitCodeWithin(TimeSpan patience) => _process.WaitForExit(patience) ? _process.ExitCode : null;

    /// <summary>
    /// Says how the child ended and what it wrote to standard error. To be called when <see cref="Reader"/> is at its end; a
    /// child that lives on without its pipe is killed.
    /// </summary>
    /// <param name="killed">Why this process killed it, e.g. <c>was killed because ...</c>; null: it ended by itself.</param>
    /// <returns>One line, e.g. <c>worker process 4711 was killed by SIGKILL (exit code 137)</c>.</returns>
    public string DescribeExit(string? killed = null)
    {
        EndProcess();
        string how = $"worker process {Host.ProcessId} {killed ?? Volatile.Read(ref _killedBecause) ?? ExitStatus.Describe(_process.ExitCode)}";
        return StandardError is { Length: > 0 } words ? $"{how}; it wrote to standard error: {words}" : how;
    }

    /// <summary>Closes the child's standard input, on which it ends at once; kills it if it does not within two seconds.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        CloseInput();
        EndProcess();
        _output.Dispose();
        _process.Dispose();
    }

    private void EndProcess()
    {
        if (!_process.WaitForExit(ExitPatience))
        {
            Kill();
            _process.WaitForExit();
        }

        _errors.WaitForEnd(ExitPatience);
    }

    private static Process StartProcess(WorkerLaunch launch, WorkloadEnvironment environment)
    {
        var start = new ProcessStartInfo(launch.FileName, launch.Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A worker ends without notice, and would leave the sockets of the runtime's diagnostics behind in the temp folder.
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        // What the JIT compiler is asked to print goes where everything else does that is no frame.
        if (!OperatingSystem.IsWindows())
            start.Environment.TryAdd("DOTNET_JitStdOutFile", "/dev/stderr");
        // Users' code that allocates without end fails by itself, before the system looks for a process to kill: as in a container with a limit.
        if (environment.Assemblies.Count > 0)
            start.Environment.TryAdd("DOTNET_GCHeapHardLimitPercent", MostMemoryPercent);
        // It may want cultures, which this program does without.
        if (environment.Assemblies.Any(assembly => assembly != Assembly.GetEntryAssembly()?.Location))
            start.Environment.TryAdd("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0");
        try
        {
            return Process.Start(start) ?? throw new WorkerStartException($"cannot start '{launch}'");
        }
        catch (Win32Exception exception)
        {
            string limits = exception.NativeErrorCode is TryAgain or TooManyFilesOpen or TooManyFilesOpenHere ? $"; {SystemLimits.Describe()}" : "";
            throw new WorkerStartException($"cannot start '{launch}': {exception.Message}{limits}", exception);
        }
    }

    private void ShakeHands(WorkerLaunch launch, string role, WorkloadEnvironment environment, object? settings)
    {
        try
        {
            Writer.AppendJson(Handshake.Configuration, new WorkerConfiguration(
                Handshake.ProtocolVersion, Environment.ProcessId, role, environment, JsonSerializer.SerializeToElement(settings, JsonSerializerOptions.Web)));
            Writer.Flush();
            if (Reader.SkipPast(Handshake.Marker) && Reader.Read(out Frame frame))
            {
                CheckReply(launch, frame);
                return;
            }
        }
        catch (IOException)
        {
            // It died before it had read its configuration: the reason is in its exit code and on its standard error.
        }
        catch (InvalidDataException exception)
        {
            throw new WorkerStartException(
                $"'{launch}' is not a worker: what it wrote to standard output is {exception.Message}", exception);
        }

        string printed = Reader.Skipped.Length == 0 ? "" : $"; it wrote to standard output: {Reader.Skipped}";
        throw new WorkerStartException($"the child process '{launch}' ended before it was ready: {DescribeExit()}{printed}");
    }

    private static void CheckReply(WorkerLaunch launch, Frame frame)
    {
        if (frame.Kind != Handshake.ReadyReply)
            throw new WorkerStartException($"'{launch}' answered with frame {frame.Kind} instead of being ready");
        Ready ready = frame.ReadJson<Ready>();
        if (ready.ProtocolVersion != Handshake.ProtocolVersion)
        {
            throw new WorkerStartException(
                $"'{launch}' speaks protocol {ready.ProtocolVersion} and this program {Handshake.ProtocolVersion}: "
                + "the program was replaced while it ran; start it again");
        }
    }
}
