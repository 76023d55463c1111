using ServerlessConcurrency.Core.Workloads;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace ServerlessConcurrency.Claims.Python;

/// <summary>
/// A script that comes with this library. It gets its arguments as JSON in its first argument and prints one JSON value. The module
/// <c>workload.py</c>, which has the same workloads as .NET, lies beside it.
/// </summary>
internal sealed class PythonScript
{
    private const int LongestWords = 2_000;

    /// <summary>How values are written for scripts and read from them: names in snake_case.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly string _name;
    private readonly Lazy<string> _source;

    public PythonScript(string name, string source)
        : this(name, () => source)
    {
    }

    private PythonScript(string name, Func<string> source) => (_name, _source) = (name, new Lazy<string>(source));

    /// <summary>A script by its name, without <c>.py</c>; read when it is needed, which in a child process of a claim it is not.</summary>
    public static PythonScript Load(string name) => new(name, () => ReadSource(name));

    /// <summary>The script with a text in it replaced: for tests that break what it does.</summary>
    /// <exception cref="ArgumentException">The text is not in it.</exception>
    public PythonScript With(string text, string replacement)
    {
        string source = _source.Value;
        return source.Contains(text, StringComparison.Ordinal)
            ? new PythonScript(_name, source.Replace(text, replacement, StringComparison.Ordinal))
            : throw new ArgumentException($"'{text}' is not in {_name}.py", nameof(text));
    }

    /// <summary>Runs a script; ends it and all its children when the limit has passed.</summary>
    public static async Task<T> RunAsync<T>(
        string fileName, PythonScript script, string arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, $"{script._name}.py");
        await File.WriteAllTextAsync(path, script._source.Value, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "workload.py"), ReadSource("workload"), cancellationToken);
        string output = await RunAsync(fileName, path, arguments, limit, cancellationToken);
        return Parse<T>(script, output);
    }

    private static string ReadSource(string name)
    {
        using Stream resource = typeof(PythonScript).Assembly.GetManifestResourceStream($"{name}.py")
            ?? throw new InvalidOperationException($"The script {name}.py is not part of the assembly.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    private static async Task<string> RunAsync(
        string fileName, string path, string arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        // -E and -s: neither the user's variables nor the user's packages change what is measured.
        var start = new ProcessStartInfo(fileName, ["-E", "-s", "-B", path, arguments])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(path),
        };
        using Process process = Start(start);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(deadline.Token));
            return process.ExitCode == 0
                ? await output
                : throw new PythonException($"'{fileName}' ended with exit code {process.ExitCode}: {LastWords(await errors)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PythonException(
                FormattableString.Invariant($"{Path.GetFileName(path)} took longer than {limit.TotalSeconds:0} s and was ended"));
        }
        finally
        {
            End(process);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new PythonException($"'{start.FileName}' cannot be started");
        }
        catch (Win32Exception exception)
        {
            // The whole message also names the folder of the script, which is gone by the time it is read.
            throw new PythonException(
                $"'{start.FileName}' cannot be started: {new Win32Exception(exception.NativeErrorCode).Message}", exception);
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private static T Parse<T>(PythonScript script, string output)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(output, Json) ?? throw new PythonException($"{script._name}.py printed null");
        }
        catch (JsonException exception)
        {
            throw new PythonException($"{script._name}.py printed something else than its result: {LastWords(output)}", exception);
        }
    }

    private static string LastWords(string text)
    {
        string words = string.Join(" | ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= LongestWords ? words : string.Concat("...", words.AsSpan(words.Length - LongestWords));
    }
}
