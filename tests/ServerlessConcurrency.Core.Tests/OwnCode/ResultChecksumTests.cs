using System.Collections.Concurrent;
using System.Numerics;
using System.Text;
using ServerlessConcurrency.Core.OwnCode;

namespace ServerlessConcurrency.Core.Tests.OwnCode;

public sealed class ResultChecksumTests
{
    // As they were when this was written: checksums of two versions, processes or machines must be comparable.
    [Fact]
    public void Checksums_stay_what_they_are() => Assert.Equal(
        "30627c246f83121a 67d24acc9a994fea 78af5f94892f3950 bdd732262feb6e95",
        string.Join(' ', ((ulong[])[Of(new { Name = "a", Parts = new[] { 1, 2 } }), Of("abc"), Of("abc"u8.ToArray()), Of(42)]).Select(value => $"{value:x16}")));

    [Fact]
    public void Equal_results_have_equal_checksums_whatever_order_a_dictionary_has()
    {
        var sorted = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };
        var reversed = new ConcurrentDictionary<string, int>([new("b", 2), new("a", 1)]);

        Assert.Equal(Of(sorted), Of(reversed));
        Assert.NotEqual(Of(sorted), Of(new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 }));
    }

    [Fact]
    public void The_order_of_a_list_counts() => Assert.NotEqual(Of((int[])[1, 2]), Of((int[])[2, 1]));

    [Fact]
    public void Bytes_have_one_checksum_however_they_come()
    {
        byte[] bytes = [.. Enumerable.Range(0, 200_000).Select(value => (byte)value)];

        Assert.Equal(Of(bytes), Of(new Memory<byte>(bytes)));
        Assert.Equal(Of(bytes), Of(new ReadOnlyMemory<byte>(bytes)));
        Assert.Equal(Of(bytes), Of(new MemoryStream(bytes)));
    }

    [Fact]
    public void A_stream_is_read_from_its_beginning_and_disposed_of()
    {
        var stream = new MemoryStream([1, 2, 3]) { Position = 3 };

        Assert.Equal(Of((byte[])[1, 2, 3]), Of(stream));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void A_value_has_the_checksum_that_it_has_as_an_object() => Assert.Equal(Of<object>(42), Of(42));

    [Fact]
    public void Nothing_has_none() => Assert.Equal(0UL, Of(default(Nothing)));

    public static TheoryData<object, object> Different => new()
    {
        { (1, 2), (1, 3) },
        { double.NaN, double.PositiveInfinity },
        { new { Value = float.NaN }, new { Value = 0f } },
        { BigInteger.Pow(10, 40), BigInteger.Pow(10, 41) },
        { new { Value = BigInteger.Pow(10, 40) }, new { Value = BigInteger.Pow(10, 41) } },
        { new StringBuilder("abc"), new StringBuilder("abd") },
        { Vector3.UnitX, Vector3.UnitY },
    };

    [Theory]
    [MemberData(nameof(Different), DisableDiscoveryEnumeration = true)]
    public void Different_results_have_different_checksums(object one, object other)
    {
        Assert.NotEqual(Of(one), Of(other));
        Assert.Equal(Of(one), Of(one));
    }

    public static TheoryData<object, string> Incomparable
    {
        get
        {
            var ring = new List<object>();
            ring.Add(ring);
            return new() { { ring, "List`1" }, { new double[2, 2], "Double[,]" }, { new Opaque(), "no public properties or fields" } };
        }
    }

    [Theory]
    [MemberData(nameof(Incomparable), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_compared_is_an_error_that_names_it(object result, string named)
    {
        string message = Assert.Throws<NotSupportedException>(() => Of(result)).Message;

        Assert.StartsWith("a result of type ", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    private sealed class Opaque;

    private static ulong Of<T>(T value) => ResultChecksum.For<T>()(value);
}
