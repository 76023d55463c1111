using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <param name="Rank">0 for a column that is always there; else the higher, the sooner it is left out.</param>
/// <param name="Wraps">Whether its cells may take several lines, of 16 characters or more.</param>
internal sealed record Column<TRow>(string Title, int Rank, Justify Alignment, bool Coloured, Func<TRow, string> Cell, bool Wraps = false)
{
    private const int NarrowestText = 16;

    /// <summary>What it takes at least, in characters.</summary>
    public int WidthOf(IReadOnlyList<TRow> rows)
    {
        int longest = rows.Select(row => Cell(row).Length).Append(Title.Length).Max();
        return Wraps ? Math.Min(longest, NarrowestText) : longest;
    }
}
