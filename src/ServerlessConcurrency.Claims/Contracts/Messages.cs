using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Contracts;

/// <summary>Values that a process and its child send each other, as JSON in frames of the worker protocol. Waiting for one blocks.</summary>
internal sealed class Messages(FrameReader reader, FrameWriter writer)
{
    private const byte ValueFrame = 16;

    /// <exception cref="IOException">The other process is gone.</exception>
    public void Send<T>(T value)
    {
        writer.AppendJson(ValueFrame, value);
        writer.Flush();
    }

    /// <returns>False: the other process sends no more.</returns>
    public bool TryReceive<T>(out T value)
    {
        bool hasCome = reader.Read(out Frame frame);
        value = hasCome ? frame.ReadJson<T>() : default!;
        return hasCome;
    }

    /// <summary>The values until the other process sends no more.</summary>
    public IEnumerable<T> ReceiveAll<T>()
    {
        while (TryReceive(out T value))
            yield return value;
    }
}
