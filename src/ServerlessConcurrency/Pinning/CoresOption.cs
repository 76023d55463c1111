using System.CommandLine;
using System.Globalization;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Pinning;

/// <summary><c>--cores</c>: on how many processors the program and its children work.</summary>
internal static class CoresOption
{
    public const string Name = "--cores";

    private static readonly Option<string?> Cores = new(Name)
    {
        Description = "Pin the program and all its child processes to so many processors, 1 to as many as there are",
        HelpName = "N",
    };

    public static void AddTo(Command command) => command.Options.Add(Cores);

    /// <returns>The number of processors; null if it was not given.</returns>
    /// <exception cref="BadInputException">It is no number of processors of this machine, or the system cannot do it.</exception>
    public static int? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Cores) is not { } text)
            return null;
        if (!ProcessorPin.IsSupported)
            throw Bad("this system does not let a program choose its processors; measure on Linux or Windows, or leave it out");
        int processors = Environment.ProcessorCount;
        if (!int.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out int cores))
        {
            throw Bad(!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double part) || double.IsNaN(part) ? $"'{text}' is not a whole number; expected 1 to {processors}"
                : double.IsInteger(part) || double.IsInfinity(part) ? OutOfRange(text, processors)
                : $"{text} is not a whole number: part of a core is a quota of time, which no choice of processors gives; expected 1 to {processors}");
        }

        if (PinnedProgram.IsThisProcess && cores != processors)
            throw Bad($"the system gives the program {Counted.Of(processors, "processor")} instead of {cores}; is it in a container with a limit?");
        return cores >= 1 && cores <= processors
            ? cores
            : throw Bad(OutOfRange(text, processors));
    }

    private static string OutOfRange(string cores, int processors) => $"{cores} is out of range; this program may use 1 to {Counted.Of(processors, "processor")}";

    private static BadInputException Bad(string message) => BadInputException.OfOption(Name, message);
}
