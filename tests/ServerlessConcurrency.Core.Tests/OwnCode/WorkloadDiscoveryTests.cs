using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.OwnCode;

public sealed class WorkloadDiscoveryTests
{
    [Fact]
    public async Task Every_form_of_method_is_a_workload_in_both_of_its_forms()
    {
        IReadOnlyList<Workload> workloads = Find(typeof(Forms));

        Assert.Equal(["blocks", "blocks-void", "task", "task-void", "value-task", "value-task-void"], workloads.Select(workload => workload.Kind));
        foreach (Workload workload in workloads)
        {
            var task = new TaskInput(Size: 2, Index: 5, Seed: 7);
            ulong blocking = workload.Execute(task, new Execution());
            Assert.Equal(blocking, await workload.ExecuteAsync(task, new Execution()));
            Assert.Equal(workload.HasChecksum ? ResultChecksum.For<long>()(14) : 0, blocking);
            Assert.Equal(!workload.Kind.EndsWith("void", StringComparison.Ordinal), workload.HasChecksum);
        }
    }

    [Fact]
    public void The_attribute_says_nature_and_unit()
    {
        Workload stated = Find(typeof(Stated))[0];

        Assert.Equal((WorkloadNature.IoBound, true, "pixels"), (stated.Nature, stated.IsNatureKnown, stated.SizeUnit));
        Assert.False(Find(typeof(Forms))[0].IsNatureKnown);
    }

    [Fact]
    public void What_a_method_throws_is_thrown_as_it_is() =>
        Assert.Throws<FormatException>(() => Find(typeof(Throwing))[0].Execute(default, new Execution()));

    [Fact]
    public async Task A_method_that_returns_no_task_is_told_so()
    {
        foreach (Workload workload in Find(typeof(WithoutTask)))
        {
            Assert.Contains("null instead of a task", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await workload.ExecuteAsync(default, new Execution()))).Message, StringComparison.Ordinal);
            Assert.Contains("null instead of a task", Assert.Throws<InvalidOperationException>(() => workload.Execute(default, new Execution())).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_task_without_items_that_asks_for_its_data_is_told_why_there_is_none() => Assert.Contains(
        "items", Assert.Throws<InvalidOperationException>(() => Find(typeof(Reading))[0].Execute(default, new Execution())).Message, StringComparison.Ordinal);

    [Fact]
    public async Task One_object_serves_all_workloads_of_a_class_and_is_disposed_of_once()
    {
        Counting.Created = Counting.SetUp = Counting.Disposed = 0;
        var instances = new WorkloadInstances([typeof(Counting)]);
        IReadOnlyList<Workload> workloads = WorkloadDiscovery.Find("a.dll", [typeof(Counting)], new Lazy<WorkloadInstances>(instances));

        Assert.Equal(0, Counting.Created);
        foreach (Workload workload in workloads)
            workload.Execute(default, new Execution());
        await instances.DisposeAsync();

        Assert.Equal((2, 1, 1, 1), (workloads.Count, Counting.Created, Counting.SetUp, Counting.Disposed));
    }

    [Fact]
    public void Services_come_by_the_constructor() =>
        Assert.Equal(ResultChecksum.For<string>()("a greeting"), Find(typeof(Served), typeof(Services))[0].Execute(default, new Execution()));

    [Fact]
    public void A_constructor_that_throws_fails_every_task_with_its_reason()
    {
        Workload workload = Find(typeof(Unlucky))[0];

        for (int time = 0; time < 2; time++)
            Assert.Contains("the constructor of Unlucky threw FormatException: no luck", Assert.Throws<OwnCodeException>(
                () => workload.Execute(default, new Execution())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(BadName), "'Bad Name'", "lower-case letters")]
    [InlineData(typeof(Twice), "'twice'", "another method has that name")]
    [InlineData(typeof(NotPublic), "'hidden'", "not a public method")]
    [InlineData(typeof(NoPublicClass), "'hidden'", "not a public method of a public class")]
    [InlineData(typeof(Struct), "'struct'", "a struct")]
    [InlineData(typeof(Generic<>), "'generic'", "is generic")]
    [InlineData(typeof(GenericMethod), "'generic'", "is generic")]
    [InlineData(typeof(WrongParameter), "'wrong'", "takes a String")]
    [InlineData(typeof(TwoItems), "'two'", "two parameters of one type")]
    [InlineData(typeof(AsyncVoid), "'void'", "async void")]
    [InlineData(typeof(Returning), "'spans'", "cannot be kept")]
    [InlineData(typeof(Enumerating), "'enumerates'", "enumerate it in the workload")]
    [InlineData(typeof(Nested), "'nested'", "a task of a task")]
    [InlineData(typeof(Asking), "'asks'", "takes a IFormatProvider, which no IWorkloadServices registers")]
    [InlineData(typeof(Choosing), "'chooses'", "2 public constructors")]
    [InlineData(typeof(Abstract), "'abstract'", "is abstract")]
    public void A_method_that_cannot_be_run_is_named_with_the_reason(Type type, string name, string reason)
    {
        OwnCodeException exception = Assert.Throws<OwnCodeException>(() => Find(type));

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_is_told_at_once() =>
        Assert.Equal(2, Assert.Throws<OwnCodeException>(() => Find(typeof(BadName), typeof(TwoItems), typeof(Forms))).Mistakes.Count);

    [Fact]
    public void An_assembly_without_workloads_is_told_so() =>
        Assert.Contains("no public method with [Workload]", Assert.Throws<OwnCodeException>(() => Find(typeof(string))).Message, StringComparison.Ordinal);

    private static IReadOnlyList<Workload> Find(params Type[] types) =>
        WorkloadDiscovery.Find("a.dll", types, new Lazy<WorkloadInstances>(() => new WorkloadInstances(types)));
}
