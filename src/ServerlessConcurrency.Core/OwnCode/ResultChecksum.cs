using System.Globalization;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>
/// The checksum of what a task returned: the same in every process and on every machine. Bytes and texts are hashed as they are (XXH3,
/// https://xxhash.com), whole numbers mixed, everything else hashed as JSON, in which the order of an object's properties does not count.
/// </summary>
internal static class ResultChecksum
{
    private const ulong Null = 0x6E756C6C;
    private const int BufferBytes = 64 * 1024;

    // All that makes one result another: fields, as those of a tuple; numbers that JSON does not know; what JSON writes the properties of, but not the value.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new AsText<BigInteger>(), new AsText<StringBuilder>() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly Func<Nothing, ulong> OfNothing = static _ => 0;
    private static readonly Func<int, ulong> OfInt = static value => Checksum.Mix((ulong)value);
    private static readonly Func<long, ulong> OfLong = static value => Checksum.Mix((ulong)value);

    /// <summary>Chooses how results of a type become checksums, without a detour over objects where that would cost as much as a small task.</summary>
    public static Func<T, ulong> For<T>() =>
        OfNothing as Func<T, ulong> ?? OfInt as Func<T, ulong> ?? OfLong as Func<T, ulong> ?? (static value => Of(value));

    /// <exception cref="NotSupportedException">It cannot be written as JSON, refers to itself, or has nothing in it that others can see.</exception>
    private static ulong Of(object? value) => value switch
    {
        null => Null,
        int whole => OfInt(whole),
        long whole => OfLong(whole),
        byte[] bytes => XxHash3.HashToUInt64(bytes),
        Memory<byte> bytes => XxHash3.HashToUInt64(bytes.Span),
        ReadOnlyMemory<byte> bytes => XxHash3.HashToUInt64(bytes.Span),
        Stream stream => OfStream(stream),
        string text => OfText(text),
        JsonElement json => OfJson(json),
        _ => OfJson(AsJson(value, value.GetType())),
    };

    private static JsonElement AsJson(object value, Type type)
    {
        try
        {
            return Json.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object, Properties.Count: 0 }
                ? throw new NotSupportedException("It has no public properties or fields.")
                : JsonSerializer.SerializeToElement(value, type, Json);
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException)
        {
            throw new NotSupportedException($"a result of type {type.Name} cannot be compared: {exception.Message}", exception);
        }
    }

    private static ulong OfStream(Stream stream)
    {
        using (stream)
        {
            if (stream.CanSeek)
                stream.Position = 0;
            var hash = new XxHash3();
            byte[] buffer = new byte[BufferBytes];
            while (stream.Read(buffer) is > 0 and int read)
                hash.Append(buffer.AsSpan(0, read));
            return hash.GetCurrentHashAsUInt64();
        }
    }

    private static ulong OfText(string text) => BitConverter.IsLittleEndian
        ? XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()))
        : XxHash3.HashToUInt64(Encoding.Unicode.GetBytes(text));

    private static ulong OfJson(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                ulong properties = 0;
                foreach (JsonProperty property in json.EnumerateObject())
                    properties += Checksum.Fold(OfText(property.Name), OfJson(property.Value));
                return Checksum.Fold(properties, (ulong)JsonValueKind.Object);
            case JsonValueKind.Array:
                ulong items = (ulong)JsonValueKind.Array;
                foreach (JsonElement item in json.EnumerateArray())
                    items = Checksum.Fold(items, OfJson(item));
                return items;
            case JsonValueKind.String:
                return OfText(json.GetString()!);
            case JsonValueKind.Number:
                return OfText(json.GetRawText());
            default:
                return Checksum.Mix((ulong)json.ValueKind);
        }
    }

    private sealed class AsText<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
    }
}

/// <summary>What a method returns that returns nothing.</summary>
internal readonly record struct Nothing;
