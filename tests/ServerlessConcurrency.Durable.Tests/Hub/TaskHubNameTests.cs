using System.Text.RegularExpressions;
using ServerlessConcurrency.Durable.Hub;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed partial class TaskHubNameTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 23, 4, 5, TimeSpan.FromHours(2));

    public static TheoryData<string> Prefixes => ["", "t1", "abcdefghijklmnop", "abcdefghijklmnopqrstuvwxyz0123"];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void A_name_is_valid_and_tells_when_the_hub_was_made(string prefix)
    {
        string name = TaskHubName.Create(prefix, Now);

        Assert.Matches(Valid(), name);
        Assert.StartsWith(TaskHubName.Begin(prefix), name, StringComparison.Ordinal);
        Assert.Equal(Now, TaskHubName.Created(prefix, name));
    }

    [Fact]
    public void Names_made_at_once_differ() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => TaskHubName.Create("", Now)).Distinct().Count());

    [Theory]
    [InlineData("")]
    [InlineData("ServerlessConcurrency")]
    [InlineData("sconchub")]
    [InlineData("sconchub260203210405")]
    [InlineData("sconchub2602032104050a1b2")]
    [InlineData("sconchub2602032104050a1b2c3")]
    [InlineData("sconchub2602032104050A1B2C")]
    [InlineData("sconchub2613032104050a1b2c")]
    [InlineData("xsconchub2602032104050a1b2c")]
    [InlineData("sconchub2602032104050a1b2c\n")]
    public void Other_names_are_not_those_of_hubs(string name) => Assert.Null(TaskHubName.Created("", name));

    [Fact]
    public void A_hub_of_another_prefix_is_not_ones_own()
    {
        Assert.Null(TaskHubName.Created("a", TaskHubName.Create("b", Now)));
        Assert.Null(TaskHubName.Created("", TaskHubName.Create("b", Now)));
        Assert.Null(TaskHubName.Created("a", TaskHubName.Create("", Now)));
        Assert.Null(TaskHubName.Created("abcdefghijklmnopaaa", TaskHubName.Create("abcdefghijklmnopbbb", Now)));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}\\z")]
    private static partial Regex Valid();
}
