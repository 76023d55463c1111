using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class KnownModelsTests
{
    [Fact]
    public void Every_model_is_known_also_those_that_other_parts_carry_out() => Assert.Equal(
        ["sequential", "threads", "thread-pool", "event-loop", "async", "gil-threads", "processes", "queue", "durable", "durable-batch"],
        KnownModels.All.Select(model => model.Id));

    [Fact]
    public void Those_that_may_be_recommended_are_ranked_from_simple_to_demanding() => Assert.Equal(
        ["sequential", "async", "thread-pool", "threads", "event-loop", "processes", "durable-batch", "queue", "durable"],
        KnownModels.All.Where(model => !model.IsDemonstration).OrderBy(model => model.Complexity).Select(model => model.Id));

    [Fact]
    public void No_two_are_equally_complex() =>
        Assert.Equal(KnownModels.All.Count, KnownModels.All.Select(model => model.Complexity).Distinct().Count());

    [Fact]
    public void Of_a_model_of_a_newer_program_nothing_but_its_id_is_known() =>
        Assert.Equal(new ModelTraits("fork"), KnownModels.Get("fork"));

    [Theory]
    [InlineData("processes", true, false, false, false)]
    [InlineData("queue", true, true, true, false)]
    [InlineData("durable", true, true, false, true)]
    [InlineData("durable-batch", true, true, false, true)]
    [InlineData("threads", false, false, false, false)]
    [InlineData("fork", false, false, false, false)]
    public void What_a_model_takes_follows_from_how_it_hands_tasks_over(
        string id, bool fansOut, bool runsOnHosts, bool needsQueue, bool needsTaskHub)
    {
        ModelTraits model = KnownModels.Get(id);

        Assert.Equal((fansOut, runsOnHosts, needsQueue, needsTaskHub), (model.FansOut, model.RunsOnHosts, model.NeedsQueue, model.NeedsTaskHub));
    }
}
