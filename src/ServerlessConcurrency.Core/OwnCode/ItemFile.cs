using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>
/// The items of tasks: a JSON array, or JSON values one after another (NDJSON). Only where each of them is in the file is kept in memory,
/// 12 bytes for each. Safe for all threads.
/// </summary>
public sealed class ItemFile
{
    public const int MostItems = 1_000_000;

    /// <summary>The largest item, in bytes.</summary>
    public const int LargestItem = 1_048_576;

    private static readonly ConcurrentDictionary<string, Lazy<ItemFile>> Opened = new(StringComparer.Ordinal);

    private readonly SafeFileHandle _file;
    private readonly long[] _offsets;
    private readonly int[] _lengths;

    private ItemFile(SafeFileHandle file, long[] offsets, int[] lengths)
    {
        _file = file;
        _offsets = offsets;
        _lengths = lengths;
    }

    public int Count => _offsets.Length;

    /// <summary>Opens a file and looks for its items, once in a process: what is measured must not change meanwhile.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <exception cref="OwnCodeException">It cannot be read, is not JSON, or has too few, too many or too large items.</exception>
    public static ItemFile Open(string path)
    {
        try
        {
            return Opened.GetOrAdd(path, static path => new Lazy<ItemFile>(() => Scan(path))).Value;
        }
        catch (OwnCodeException)
        {
            // Somebody may mend it while a server runs.
            Opened.TryRemove(path, out _);
            throw;
        }
    }

    /// <summary>The item of a task; tasks beyond the last item begin with the first again.</summary>
    /// <param name="index">The position of the task, 0 or more.</param>
    public JsonElement Read(int index)
    {
        int item = index % _offsets.Length;
        byte[] bytes = new byte[_lengths[item]];
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(_file, bytes.AsSpan(read), _offsets[item] + read) is > 0 and int more)
            read += more;
        return JsonElement.Parse(bytes.AsSpan(0, read));
    }

    private static ItemFile Scan(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            RegularFile.ThrowIfOther(path);
            file = File.OpenHandle(path);
            (List<long> offsets, List<int> lengths) = new ItemScanner(file).Scan();
            return offsets.Count > 0
                ? new ItemFile(file, [.. offsets], [.. lengths])
                : throw new OwnCodeException(FormattableString.Invariant($"{path} has no items; expected a JSON array or NDJSON with 1 to {MostItems:N0}"));
        }
        catch (Exception exception)
        {
            file?.Dispose();
            throw exception switch
            {
                // Without the reason, which quotes the file: over HTTP, others may have named one that is none of theirs.
                JsonException json => new OwnCodeException(
                    FormattableString.Invariant($"{path} is not JSON at line {json.LineNumber + 1}, column {json.BytePositionInLine + 1}; expected an array, or values one after another"), json),
                InvalidDataException data => new OwnCodeException($"{path} {data.Message}", data),
                IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException =>
                    new OwnCodeException($"{path} cannot be read: {exception.Message}", exception),
                _ => exception,
            };
        }
    }
}
