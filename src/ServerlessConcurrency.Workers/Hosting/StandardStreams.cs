using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Workers.Hosting;

/// <summary>Takes standard input and output for frames, so that nothing else in the process can write into them.</summary>
internal static partial class StandardStreams
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    public static (Stream Input, Stream Output) Take()
    {
        Stream input = Console.OpenStandardInput();
        // On Unix this is a duplicate of descriptor 1, which can then be made to mean standard error for everyone else,
        // native libraries included.
        Stream output = Console.OpenStandardOutput();
        if (!OperatingSystem.IsWindows())
            _ = Duplicate(ErrorDescriptor, OutputDescriptor);
        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);
        return (input, output);
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int existing, int replaced);
}
