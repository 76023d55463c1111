using System.Text;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>Reads comma-separated values as RFC 4180 describes them, with line feeds between rows.</summary>
internal static class CsvParser
{
    public static IReadOnlyList<string[]> Parse(string csv)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int index = 0; index < csv.Length; index++)
        {
            char c = csv[index];
            if (quoted && c == '"' && index + 1 < csv.Length && csv[index + 1] == '"')
                field.Append(csv[++index]);
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is ',' or '\n')
                EndField(c);
            else
                field.Append(c);
        }

        Assert.False(quoted);
        Assert.Empty(row);
        Assert.Equal(0, field.Length);
        return rows;

        void EndField(char separator)
        {
            row.Add(field.ToString());
            field.Clear();
            if (separator != '\n')
                return;
            rows.Add([.. row]);
            row.Clear();
        }
    }
}
