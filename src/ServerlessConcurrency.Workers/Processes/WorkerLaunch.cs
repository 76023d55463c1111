using System.Reflection;

namespace ServerlessConcurrency.Workers.Processes;

/// <summary>How to start a child process of a program that serves its parent where it is asked to.</summary>
/// <param name="Arguments">Its arguments, each as it is, without quotes.</param>
public sealed record WorkerLaunch(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The name of the hidden command with which a program becomes a worker.</summary>
    public const string Command = "worker";

    /// <summary>
    /// Starts the running program once more with <see cref="Command"/>, whether it was started by its own executable or as
    /// <c>dotnet program.dll</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The system does not tell which file is running.</exception>
    public static WorkerLaunch Self() => SelfWith([Command]);

    /// <summary>Starts the running program once more with other arguments.</summary>
    /// <param name="arguments">The arguments, each as it is, without quotes.</param>
    /// <exception cref="InvalidOperationException">The system does not tell which file is running.</exception>
    public static WorkerLaunch SelfWith(IReadOnlyList<string> arguments)
    {
        string executable = Environment.ProcessPath
            ?? throw new InvalidOperationException("cannot start child processes: the path of this program is not known");
        bool isDotnetHost = Path.GetFileNameWithoutExtension(executable).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        if (!isDotnetHost)
            return new WorkerLaunch(executable, arguments);

        string? assembly = Assembly.GetEntryAssembly()?.Location;
        return string.IsNullOrEmpty(assembly)
            ? throw new InvalidOperationException("cannot start child processes: the assembly of this program is not known")
            : new WorkerLaunch(executable, [assembly, .. arguments]);
    }

    /// <summary>The command line, for messages.</summary>
    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);
}
