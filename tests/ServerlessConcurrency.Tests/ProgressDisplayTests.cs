using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Rendering;

namespace ServerlessConcurrency.Tests;

public sealed class ProgressDisplayTests
{
    [Theory]
    [InlineData(120, "run 38 of 606  round 16: primes 20000 durable-batch, to decide primes 20000 and delay 50")]
    [InlineData(80, "run 38 of 606  round 16: primes 20000 durable-batch, …")]
    [InlineData(20, "…")]
    public void What_is_measured_stands_in_one_line_beside_the_bar(int width, string expected) => Assert.Equal(
        expected,
        ProgressDisplay.Description(new ExperimentProgress(37, 606, "round 16: primes 20000 durable-batch") { WaitsFor = "primes 20000 and delay 50" }, "run", width));
}
