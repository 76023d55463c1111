using System.Runtime.InteropServices;
using System.Text.Json;
using ServerlessConcurrency;

/// <summary>What the runtime calls in <c>sconc</c> before the program's own code, see <see cref="WarmSconc"/>.</summary>
internal static class StartupHook
{
    /// <summary>Carries out one command line after another, with the folder and the outputs that each has of its own, until there are no more.</summary>
    public static void Initialize()
    {
        // Children are not to do so, too.
        Environment.SetEnvironmentVariable(WarmSconc.Variable, null);
        using var requests = new StreamReader(Console.OpenStandardInput());
        using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Redirect(File.OpenHandle("/dev/null"), 0);
        while (requests.ReadLine() is { } request)
            answers.WriteLine(Run(JsonSerializer.Deserialize<SconcRequest>(request)!));
        Environment.Exit(0);
    }

    private static int Run(SconcRequest request)
    {
        Directory.SetCurrentDirectory(request.Folder);
        Redirect(File.OpenHandle(request.Out, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite), 1);
        Redirect(File.OpenHandle(request.Error, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite), 2);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        using var error = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
        Console.SetOut(output);
        Console.SetError(error);
        Dictionary<string, string?> before = request.Variables.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        foreach ((string name, string value) in request.Variables)
            Environment.SetEnvironmentVariable(name, value);
        int exitCode = ConcurrencyLab.RunAsync(request.Arguments).GetAwaiter().GetResult();
        foreach ((string name, string? value) in before)
            Environment.SetEnvironmentVariable(name, value);
        return exitCode;
    }

    private static void Redirect(SafeHandle file, int descriptor)
    {
        using (file)
            if (Duplicate((int)file.DangerousGetHandle(), descriptor) < 0)
                throw new IOException($"descriptor {descriptor} cannot be redirected");
    }

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int from, int to);
}
