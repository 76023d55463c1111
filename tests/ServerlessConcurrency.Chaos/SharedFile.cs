namespace ServerlessConcurrency.Chaos;

/// <summary>Reads what somebody else may be writing.</summary>
internal static class SharedFile
{
    public static List<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
