using System.Text;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Reads comma-separated values as RFC 4180, section 2, describes them, record by record.</summary>
internal sealed class CsvReader(TextReader text)
{
    private const int EndOfText = -1;
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _field = new();
    private int _next;
    private int _length;
    private int _line = 1;

    /// <summary>The line on which the record that was read last begins, from 1: a quoted field may hold line breaks.</summary>
    public int Line { get; private set; }

    /// <summary>Whether the record that was read last is the last one, and its line has no end.</summary>
    public bool EndsWithoutLineBreak { get; private set; }

    /// <summary>Reads the fields of the next record, an empty line being a record of one empty field; null at the end.</summary>
    public async ValueTask<IReadOnlyList<string>?> ReadAsync(CancellationToken cancellationToken)
    {
        Line = _line;
        int next = await PeekAsync(cancellationToken).ConfigureAwait(false);
        if (next == EndOfText)
            return null;
        var fields = new List<string>();
        bool quoted = false;
        for (; ; next = await PeekAsync(cancellationToken).ConfigureAwait(false))
        {
            if (next != EndOfText)
                _next++;
            _line += next == '\n' ? 1 : 0;
            if (next == '"' && quoted && await PeekAsync(cancellationToken).ConfigureAwait(false) == '"')
            {
                _field.Append('"');
                _next++;
            }
            else if (next == '"')
            {
                quoted = !quoted;
            }
            else if (next == EndOfText || (!quoted && next is ',' or '\n'))
            {
                fields.Add(TakeField(next));
                if (next == ',')
                    continue;
                EndsWithoutLineBreak = next == EndOfText;
                return fields;
            }
            else
            {
                _field.Append((char)next);
            }
        }
    }

    // Lines may end as on Windows, where somebody has edited the file.
    private string TakeField(int separator)
    {
        if (separator != ',' && _field.Length > 0 && _field[^1] == '\r')
            _field.Length--;
        string field = _field.ToString();
        _field.Clear();
        return field;
    }

    private ValueTask<int> PeekAsync(CancellationToken cancellationToken) =>
        _next < _length ? new ValueTask<int>(_buffer[_next]) : FillAsync(cancellationToken);

    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        _length = await text.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        _next = 0;
        return _length == 0 ? EndOfText : _buffer[0];
    }
}
