using System.Globalization;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Runs;

/// <summary>A column of what is kept of every task attempt, see <see cref="TimingColumns"/>.</summary>
public abstract class TimingColumn
{
    /// <summary>Its name in every format.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the same in all rows of a run.</summary>
    public bool IsOfRun { get; init; }

    /// <summary>Whether the row of a task attempt in a table has a property for it, and not its key.</summary>
    public bool IsProperty { get; init; } = true;

    /// <summary>Reads a cell of a CSV file into the timing; text of columns that belong to the run is left unread.</summary>
    public abstract bool TryRead(string cell, ref TaskTiming timing);
}

/// <summary>
/// A column whose type tells the form of its values: <see cref="string"/>, <see cref="int"/> and <see cref="long"/> as they are,
/// <see cref="double"/> a time in ms with four decimals, <see cref="ulong"/> a checksum of 16 hexadecimal digits,
/// <see cref="TaskOutcome"/> by its name in kebab-case.
/// </summary>
public sealed class TimingColumn<T> : TimingColumn
{
    public delegate T Reader(in TimingRow row);

    public delegate void Writer(ref TaskTiming timing, T value);

    public required Reader Read { get; init; }

    /// <summary>Puts a value back into a timing; null for what belongs to the run.</summary>
    public Writer? Write { get; init; }

    public override bool TryRead(string cell, ref TaskTiming timing)
    {
        if (Write is null)
            return true;
        if (Parse(cell) is not T value)
            return false;
        Write(ref timing, value);
        return true;
    }

    private static object? Parse(string cell)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return default(T) switch
        {
            int => int.TryParse(cell, NumberStyles.AllowLeadingSign, culture, out int number) ? number : null,
            double => double.TryParse(cell, NumberStyles.Float, culture, out double milliseconds) && double.IsFinite(milliseconds) ? milliseconds : null,
            ulong => Checksum.TryParse(cell, out ulong checksum) ? checksum : null,
            TaskOutcome => TaskOutcomeNames.TryParse(cell, out TaskOutcome outcome) ? outcome : null,
            _ => cell,
        };
    }
}
