using ServerlessConcurrency.Claims.Sharing;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.Sharing;

public sealed class SharingJudgeTests
{
    [Fact]
    public void Data_is_shared_where_every_message_arrives_as_it_was_sent() =>
        Assert.Equal(ClaimVerdict.Holds, SharingClaim.Judge(Blocks(), []).Verdict);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_message_of_a_mechanism_that_arrives_otherwise_refutes_it(bool streamed)
    {
        SharingBlock broken = new("b", Bytes: 64, streamed, Sent: 20, Intact: 19, Microseconds: 1);

        ClaimEvidence evidence = SharingClaim.Judge([.. Blocks(), broken], []);

        Assert.Equal(ClaimVerdict.DoesNotHold, evidence.Verdict);
        Assert.Equal("b: every message arrives in the other process as it was sent", evidence.Decisive?.Statement);
    }

    [Fact]
    public void The_throughput_of_a_stream_is_not_that_of_one_message_at_a_time()
    {
        IReadOnlyList<ClaimFigure> figures = SharingClaim.Judge(Blocks(), []).Figures;

        // A MiB in a ms, and in half of one where the sender does not wait.
        Assert.All(Chart("throughput of one message at a time by size in bytes"), figure => Assert.Equal(1_000, figure.Estimate, 0.001));
        Assert.All(Chart("throughput of a stream by size in bytes"), figure => Assert.Equal(2_000, figure.Estimate, 0.001));

        List<ClaimFigure> Chart(string name)
        {
            List<ClaimFigure> chart = [.. figures.Where(figure => figure.Chart == name)];
            Assert.Equal(["a", "b"], chart.Select(figure => figure.Name));
            return chart;
        }
    }

    private static List<SharingBlock> Blocks() =>
    [
        .. from round in Enumerable.Range(0, 6)
           from mechanism in new[] { "a", "b" }
           from streamed in new[] { false, true }
           select new SharingBlock(mechanism, Bytes: 1024 * 1024, streamed, Sent: 20, Intact: 20, Microseconds: streamed ? 500 : 1_000),
    ];
}
