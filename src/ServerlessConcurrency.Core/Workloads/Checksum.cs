using System.Globalization;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// Arithmetic of checksums. <see cref="Mix"/> is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014).
/// </summary>
public static class Checksum
{
    /// <summary>A well-mixed starting value for a task: differs by seed and by index.</summary>
    /// <param name="task">The task's input.</param>
    /// <returns>The starting value.</returns>
    public static ulong Start(TaskInput task) => Mix(Mix((ulong)task.Seed) + (ulong)task.Index);

    /// <summary>Folds a value into a checksum; the order of folding matters.</summary>
    /// <param name="checksum">The checksum so far.</param>
    /// <param name="value">The value to fold in.</param>
    /// <returns>The new checksum.</returns>
    public static ulong Fold(ulong checksum, ulong value) => Mix(checksum ^ value);

    /// <summary>Mixes 64 bits so that every input bit changes about half of the output bits.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>The mixed value; a bijection.</returns>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The checksum of a run: independent of the order in which its tasks finished.</summary>
    /// <param name="taskChecksums">The tasks' checksums by index.</param>
    /// <returns>The combined checksum.</returns>
    public static ulong Combine(ReadOnlySpan<ulong> taskChecksums)
    {
        ulong combined = 0;
        for (int index = 0; index < taskChecksums.Length; index++)
            combined += Mix(taskChecksums[index] ^ Mix((ulong)index));
        return combined;
    }

    /// <summary>How many digits a checksum is written with.</summary>
    public const int Digits = 16;

    /// <summary>How checksums are written in files, tables and JSON: 16 lower-case hexadecimal digits.</summary>
    /// <param name="checksum">The checksum.</param>
    /// <returns>The text.</returns>
    public static string Format(ulong checksum) => checksum.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Writes a checksum as <see cref="Format(ulong)"/> does.</summary>
    /// <param name="checksum">The checksum.</param>
    /// <param name="text">Room for <see cref="Digits"/> digits.</param>
    public static void Format(ulong checksum, Span<char> text) => checksum.TryFormat(text, out _, "x16", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Format(ulong)"/> wrote.</summary>
    /// <param name="text">16 hexadecimal digits.</param>
    /// <returns>The checksum.</returns>
    /// <exception cref="FormatException">The text is not a hexadecimal number.</exception>
    public static ulong Parse(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Format(ulong)"/> wrote.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="checksum">The checksum; 0 if it is none.</param>
    /// <returns>Whether the text is a hexadecimal number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong checksum) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out checksum);
}
