using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Workers.Tests.Pinning;

public sealed class ProcessorPinTests
{
    [Fact]
    public void The_processors_with_the_lowest_numbers_are_taken()
    {
        Assert.Equal([0b0010_0100, 0, 0b1], ProcessorPin.Lowest([0b0010_0100, 0, 0b101], 3));
        Assert.Equal([0b1111, 0], ProcessorPin.Lowest([0b1111, 0], 4));
    }

    [Fact]
    public void More_processors_than_there_are_cannot_be_taken() =>
        Assert.Contains("may use 2 processors only", Assert.Throws<ArgumentOutOfRangeException>(
            () => ProcessorPin.Lowest([0b1000_0001], 3)).Message, StringComparison.Ordinal);
}
