using System.Reflection;
using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>How to start a child process of a program that serves its parent where it is asked to.</summary>
/// <param name="Arguments">Its arguments, each as it is, without quotes.</param>
public sealed record WorkerLaunch(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>How long a process may take until it is ready for the frames of its role.</summary>
    internal TimeSpan ReadyPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a process may take for an answer that costs it no work.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The name of the hidden command with which a program becomes a worker.</summary>
    public const string Command = "worker";

    private static readonly string ExecutableExtension = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Starts the running program once more with <see cref="Command"/>, see <see cref="SelfWith"/>.</summary>
    /// <exception cref="InvalidOperationException">The system does not tell which file is running.</exception>
    public static WorkerLaunch Self() => SelfWith([Command]);

    /// <summary>
    /// Starts the running program once more with other arguments, whether it was started by its own executable, as
    /// <c>dotnet program.dll</c>, or was loaded by another program, as by the native host of Azure Functions.
    /// </summary>
    /// <param name="arguments">The arguments, each as it is, without quotes.</param>
    /// <exception cref="InvalidOperationException">The system does not tell which file is running.</exception>
    public static WorkerLaunch SelfWith(IReadOnlyList<string> arguments)
    {
        string executable = Environment.ProcessPath
            ?? throw new InvalidOperationException("cannot start child processes: the path of this program is not known");
        // Empty in a program of a single file, which can only be started as it was.
        string assembly = Assembly.GetEntryAssembly()?.Location ?? "";
        bool isDotnet = Path.GetFileNameWithoutExtension(executable).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        if (isDotnet && assembly.Length == 0)
            throw new InvalidOperationException("cannot start child processes: the assembly of this program is not known");

        bool isOwn = assembly.Length == 0 || executable == Path.ChangeExtension(assembly, null) + ExecutableExtension;
        string? dotnet = isDotnet ? executable : isOwn ? null : DotnetOfThisRuntime();
        return dotnet is null ? new WorkerLaunch(executable, arguments) : new WorkerLaunch(dotnet, [assembly, .. arguments]);
    }

    /// <summary>The command line, for messages.</summary>
    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);

    // The runtime is in ROOT/shared/Microsoft.NETCore.App/VERSION/. One that came with its program has no `dotnet`.
    private static string? DotnetOfThisRuntime()
    {
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet" + ExecutableExtension));
        return File.Exists(dotnet) ? dotnet : null;
    }
}
