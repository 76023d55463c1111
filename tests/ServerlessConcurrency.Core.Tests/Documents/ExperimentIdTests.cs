using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Tests.Documents;

public sealed class ExperimentIdTests
{
    [Fact]
    public void An_id_tells_the_second_in_UTC()
    {
        var startedAt = new DateTimeOffset(2026, 1, 31, 10, 30, 5, TimeSpan.FromHours(1));

        string id = ExperimentId.Create(startedAt);

        Assert.StartsWith("20260131-093005-", id, StringComparison.Ordinal);
        Assert.True(ExperimentId.IsValid(id));
    }

    [Fact]
    public void Ids_of_one_second_differ()
    {
        string[] ids = [.. Enumerable.Range(0, 20).Select(_ => ExperimentId.Create(DateTimeOffset.UnixEpoch))];

        Assert.True(ids.Distinct().Count() > 15);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("20260131-093005-k7q")]
    [InlineData("20260131-093005-k7qdx")]
    [InlineData("20260131-093005-K7QD")]
    [InlineData("20260131-093005-k7qd\n")]
    [InlineData("../../etc/passwd")]
    [InlineData("20260131-093005-k7'd")]
    public void What_could_do_harm_in_a_path_or_a_query_is_no_id(string? text) => Assert.False(ExperimentId.IsValid(text));
}
