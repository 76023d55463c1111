using ServerlessConcurrency.Core.Tests.Findings;
using ServerlessConcurrency.Core.Tests.Measurement;

// What tests need a process of its own for, each by its name.
Console.WriteLine(args[0] switch
{
    StarvedPool.Name => await StarvedPool.FindsAsync(int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture)),
    ProgramDescription.Name => ProgramDescription.Read(),
    TieredCompilation.Name => await TieredCompilation.ExecutionsUntilSettledAsync(),
    _ => throw new ArgumentException($"there is no {args[0]}"),
});
