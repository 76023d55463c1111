using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ServerlessConcurrency.Chaos;

/// <summary>The real program, and every process that comes of it: each is known by a mark in its environment.</summary>
internal sealed class SconcProcess : IDisposable
{
    private const string Mark = "SCONC_CHAOS";
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly string _mark = $"{Mark}={Guid.NewGuid():N}";
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private SconcProcess(string folder, IReadOnlyList<string> prefix, IReadOnlyList<string> variables, IEnumerable<string> arguments)
    {
        // A shell lets what it starts in the background ignore Ctrl+C.
        string[] command =
        [
            // Most of what a process computes that lives for seconds is the compilation of its code.
            "--default-signal=INT,HUP", "DOTNET_JITMinOpts=1", _mark, $"TMPDIR={Directory.CreateDirectory(TemporaryFilesOf(folder)).FullName}", .. variables,
            .. prefix, Path.Combine(AppContext.BaseDirectory, "sconc"), .. arguments,
        ];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("env", command)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Append(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Out => Read(_out);

    public string Error => Read(_error);

    public static string TemporaryFilesOf(string folder) => Path.Combine(folder, "tmp");

    public static SconcProcess Start(string folder, IReadOnlyList<string> prefix, IReadOnlyList<string> variables, IEnumerable<string> arguments) =>
        new(folder, prefix, variables, arguments);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        using SconcProcess sconc = Start(folder, [], [], arguments);
        int exitCode = await sconc.WaitAsync();
        return (exitCode, sconc.Out, sconc.Error);
    }

    /// <param name="patience">5 minutes unless given.</param>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public async Task<int> WaitAsync(TimeSpan? patience = null)
    {
        using var end = new CancellationTokenSource(patience ?? UsualPatience);
        try
        {
            await _process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"it had not ended after {(patience ?? UsualPatience).TotalMinutes:0} minutes; it had said: {Error}");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits for its end, but no longer than this.</summary>
    public async Task WaitAtMostAsync(int milliseconds)
    {
        using var patience = new CancellationTokenSource(milliseconds);
        await _process.WaitForExitAsync(patience.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>The processes of it that run, itself the first, e.g. those whose command line contains a word.</summary>
    public IReadOnlyList<int> Processes(string having = "") => [.. ProcessesWith(_mark, having).OrderByDescending(id => id == Id)];

    /// <summary>The processes that run with a variable in their environment, <c>NAME=VALUE</c>.</summary>
    public static IEnumerable<int> ProcessesWith(string variable, string having = "") =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0 && StateOf(id) is not (null or 'Z' or 'X'))
            .Where(id => ReadOf(id, "environ").Split('\0').Contains(variable) && ReadOf(id, "cmdline").Contains(having, StringComparison.Ordinal));

    public static void Signal(int processId, string name)
    {
        using Process kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>Lets processes stand still for so long, parents first, and go on, children first.</summary>
    public static async Task StopForAsync(IReadOnlyList<int> processes, int milliseconds)
    {
        foreach (int processId in processes)
            Signal(processId, "STOP");
        await Task.Delay(milliseconds);
        foreach (int processId in processes.Reverse())
            Signal(processId, "CONT");
    }

    public void Dispose()
    {
        foreach (int processId in Processes())
            Signal(processId, "KILL");
        _process.Dispose();
    }

    private static char? StateOf(int processId)
    {
        string stat = ReadOf(processId, "stat");
        return stat.Length == 0 ? null : stat[stat.LastIndexOf(')') + 2];
    }

    private static string ReadOf(int processId, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/{file}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
