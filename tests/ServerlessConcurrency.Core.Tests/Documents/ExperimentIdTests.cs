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

    [Fact]
    public void Ids_of_one_second_sort_as_they_were_made_whatever_second_another_id_is_made_for_meanwhile()
    {
        // Seconds that no other test has.
        var second = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        string[] ids =
        [
            .. Enumerable.Range(0, 1_000).Select(number =>
            {
                _ = ExperimentId.Create(second.AddSeconds(number % 3 - 1));
                return ExperimentId.Create(second);
            }),
        ];

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [InlineData("20260131-093000-k7qd", true)]
    [InlineData("20240229-235959-k7qd", true)]
    [InlineData("99999999-999999-zzzz", false)]
    [InlineData("20261301-093000-k7qd", false)]
    [InlineData("20260229-093000-k7qd", false)]
    [InlineData("20260131-250000-k7qd", false)]
    [InlineData("00000101-000000-k7qd", false)]
    public void A_new_id_has_a_time_that_there_is_and_others_can_be_asked_for(string id, bool mayBeNew)
    {
        Assert.Equal(mayBeNew, ExperimentId.HasTime(id));
        Assert.True(ExperimentId.IsValid(id));
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
