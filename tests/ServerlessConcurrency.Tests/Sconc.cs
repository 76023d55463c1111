using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ServerlessConcurrency.Tests;

/// <summary>The program as a user meets it: a process with arguments, a working folder, two outputs and an exit code.</summary>
internal sealed partial class Sconc : IDisposable
{
    private const string DefaultSignals = "--default-signal=INT,HUP";
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static readonly string Executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "sconc.exe" : "sconc");

    // That of GNU does; others know no such option.
    private static readonly Lazy<bool> ResetsSignals = new(() =>
    {
        using Process env = Process.Start(new ProcessStartInfo("env", [DefaultSignals, "true"]) { RedirectStandardError = true })!;
        env.WaitForExit();
        return env.ExitCode == 0;
    });

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private Sconc(string folder, string[] arguments, params (string Name, string Value)[] variables)
    {
        // A shell without job control lets what it starts in the background ignore Ctrl+C, and so do all its children.
        string[] command = IgnoresInterrupts(Environment.ProcessId) && ResetsSignals.Value
            ? ["env", DefaultSignals, Executable, .. arguments]
            : [Executable, .. arguments];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.StartInfo.Environment["TMPDIR"] = Directory.CreateDirectory(TemporaryFilesOf(folder)).FullName;
        foreach ((string name, string value) in variables)
            _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += (_, line) => Append(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Out => Read(_out);

    public string Error => Read(_error);

    /// <summary>Where a program that works in a folder puts its temporary files.</summary>
    public static string TemporaryFilesOf(string folder) => Path.Combine(folder, "tmp");

    /// <summary>Starts it, for tests that interfere while it runs.</summary>
    public static Sconc Start(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>Starts it with a variable in its environment.</summary>
    public static Sconc Start(string folder, (string Name, string Value) variable, params string[] arguments) =>
        new(folder, arguments, variable);

    /// <summary>Starts it with several variables in its environment.</summary>
    public static Sconc Start(string folder, (string Name, string Value)[] variables, params string[] arguments) =>
        new(folder, arguments, variables);

    /// <summary>Carries out a command in a process of its own, to its end.</summary>
    public static async Task<(int ExitCode, string Out, string Error)> RunAloneAsync(string folder, params string[] arguments)
    {
        using Sconc sconc = Start(folder, arguments);
        int exitCode = await sconc.WaitAsync();
        return (exitCode, sconc.Out, sconc.Error);
    }

    public async Task<int> WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, e.g. <c>INT</c> for Ctrl+C or <c>KILL</c>.</summary>
    public void Signal(string name)
    {
        if (name == "INT" && IgnoresInterrupts(_process.Id))
            Assert.Fail("the tests were started with SIGINT ignored, as in the background of a shell: start them in the foreground");
        Signal(_process.Id, name);
    }

    /// <summary>Sends a signal to any process.</summary>
    public static void Signal(int processId, string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The processes that this one has started and that still run, by command line.</summary>
    public IReadOnlyList<(int ProcessId, string CommandLine)> Children() => ChildrenOf(_process.Id);

    /// <summary>As <see cref="Children"/>, with the children of those.</summary>
    public IReadOnlyList<(int ProcessId, string CommandLine)> Descendants() =>
        [.. Children().SelectMany(child => ChildrenOf(child.ProcessId).Prepend(child))];

    /// <summary>The processors that a process may use, as the system lists them, e.g. <c>0-1</c>.</summary>
    public static string AllowedProcessorsOf(int processId) => File.ReadLines($"/proc/{processId}/status")
        .Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // The second of the bits that tell which signals a process ignores; only Linux tells them.
    private static bool IgnoresInterrupts(int processId) => OperatingSystem.IsLinux()
        && File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[^1] is '2' or '3' or '6' or '7'
            or 'a' or 'b' or 'e' or 'f';

    private static IReadOnlyList<(int ProcessId, string CommandLine)> ChildrenOf(int processId) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == processId)
            .Select(id => (id, CommandLineOf(id))),
    ];

    private static int ParentOf(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string CommandLineOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (IOException)
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
