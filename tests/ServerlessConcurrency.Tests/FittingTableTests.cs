using ServerlessConcurrency.Rendering;
using Spectre.Console;

namespace ServerlessConcurrency.Tests;

public sealed class FittingTableTests
{
    private static readonly IReadOnlyList<Column<string[]>> Columns =
    [
        new("Model", 0, Justify.Left, false, cells => cells[0]),
        new("Before ms", 0, Justify.Right, false, cells => cells[1]),
        new("After / before", 0, Justify.Right, true, cells => cells[2]),
        new("p (Holm)", 1, Justify.Right, false, cells => "left out"),
        new("Verdict", 0, Justify.Left, true, cells => cells[3], Wraps: true),
    ];

    [Theory]
    [InlineData(50)]
    [InlineData(40)]
    public void What_is_always_there_is_broken_rather_than_left_out_where_it_does_not_fit(int width)
    {
        string[] row = ["durable-batch", "1,234,567", "10,000,000", "inconclusive"];
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;

        console.Write(FittingTable.Create(Columns, [row], _ => Style.Plain, width));

        string text = writer.ToString();
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        string letters = string.Concat(text.Where(char.IsLetterOrDigit).Order());
        string expected = string.Concat(row.Concat(Columns.Where(column => column.Rank == 0).Select(column => column.Title)).SelectMany(cell => cell).Where(char.IsLetterOrDigit).Order());
        Assert.Equal(expected, letters);
    }
}
