using System.Globalization;

namespace ServerlessConcurrency.OwnCode;

/// <summary>Workloads that do what they should not, most of them at their fourth task.</summary>
public static class Hostile
{
    private const int Fourth = 3;

    [Workload("throws")]
    public static int Throw(WorkItem item) => item.Index == Fourth ? throw new FormatException("this task is no good") : item.Index;

    [Workload("exits")]
    public static int Exit(WorkItem item)
    {
        if (item.Index == Fourth)
            Environment.Exit(7);
        return item.Index;
    }

    [Workload("dies")]
    public static int Die(WorkItem item)
    {
        Environment.Exit(8);
        return item.Index;
    }

    [Workload("overflows")]
    public static int Overflow(WorkItem item) => item.Index == Fourth ? Overflow(item) + 1 : item.Index;

    [Workload("allocates")]
    public static int Allocate(WorkItem item)
    {
        var kept = new List<byte[]>();
        while (item.Index == Fourth)
            kept.Add(new byte[10_000_000]);
        return item.Index + kept.Count;
    }

    [Workload("hangs")]
    public static int Hang(WorkItem item, CancellationToken cancellationToken)
    {
        if (item.Index == Fourth)
            Thread.Sleep(Timeout.Infinite);
        return cancellationToken.IsCancellationRequested ? 0 : item.Index;
    }

    [Workload("strays")]
    public static string Stray(WorkItem item)
    {
        Console.WriteLine("a line on standard output");
        string? read = Console.ReadLine();
        Environment.CurrentDirectory = Path.GetTempPath();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE", predefinedOnly: false);
        new Thread(() => Thread.Sleep(Timeout.Infinite)).Start();
        return $"{item.Index} {read}";
    }

    [Workload("guesses")]
    public static Guid Guess() => Guid.NewGuid();
}
