using System.Text;

namespace ServerlessConcurrency.Invocation;

/// <summary>Standard error: progress, notes and errors are only told. Where nobody can take them (a full disk, a closed descriptor), the program goes on.</summary>
internal sealed class ToldOutput(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Makes standard error of this program one.</summary>
    public static void Use()
    {
        Console.SetError(new ToldOutput(Console.Error));
    }

    public override void Write(char value) => Try(writer => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(writer => writer.Write(buffer, index, count));

    public override void Write(string? value) => Try(writer => writer.Write(value));

    public override void WriteLine(string? value) => Try(writer => writer.WriteLine(value));

    public override void Flush() => Try(static writer => writer.Flush());

    private void Try(Action<TextWriter> write)
    {
        try
        {
            write(inner);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody listens.
        }
    }
}
