using System.Globalization;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>The seeds of the schedules after which faults happen; variable SCONC_SCHEDULES says how many.</summary>
internal static class Schedules
{
    public static TheoryData<int> Seeds(int usual) => [.. Enumerable.Range(1, Count(usual))];

    private static int Count(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("SCONC_SCHEDULES"), CultureInfo.InvariantCulture, out int count) ? count : usual;
}
