using System.Text.Json;

namespace ServerlessConcurrency;

/// <summary>What one task of a workload works on.</summary>
public readonly struct WorkItem
{
    private readonly JsonElement _data;

    internal WorkItem(int index, long size, long seed, JsonElement data)
    {
        Index = index;
        Size = size;
        Seed = seed;
        _data = data;
    }

    /// <summary>The position of the task in its run, from 0.</summary>
    public int Index { get; }

    /// <summary>The size that the spec asks for, 1 or more; 1 unless given.</summary>
    public long Size { get; }

    /// <summary>The seed of the experiment.</summary>
    public long Seed { get; }

    /// <summary>The JSON element of this task in the items that the spec names.</summary>
    /// <exception cref="InvalidOperationException">The spec names no items for the workload.</exception>
    public JsonElement Data => _data.ValueKind != JsonValueKind.Undefined
        ? _data
        : throw new InvalidOperationException("the task has no data: the spec names no 'items' for this workload");

    /// <summary>Reads <see cref="Data"/> as an object, with names in camelCase or any other case.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">The spec names no items for the workload.</exception>
    /// <exception cref="JsonException">The element is null or not of that type.</exception>
    public T Read<T>() => Data.Deserialize<T>(JsonSerializerOptions.Web) ?? throw new JsonException($"the item is null instead of {typeof(T).Name}");
}
