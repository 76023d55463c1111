using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Tests.Specs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Tests.Sweeps;

public sealed class SweepReaderTests
{
    private const string TwoWorkloads =
        """
        { "name": "two", "workloads": [ { "kind": "primes", "size": 5, "tasks": 3 }, { "kind": "delay", "size": 7, "tasks": 4 } ],
          "models": [ "sequential", "threads" ], "degree": 2 }
        """;

    [Fact]
    public void Over_size_every_workload_gets_the_value_and_the_rest_stays()
    {
        SweepSpec sweep = Read(TwoWorkloads, "size", "10", "100");

        Assert.Equal(SweepVariable.Size, sweep.Over);
        Assert.Equal([10, 100], sweep.Points.Select(point => point.Value));
        Assert.Equal([new("primes", 100, 3), new("delay", 100, 4)], sweep.Points[1].Spec.Workloads);
        Assert.Equal(["two [size=10]", "two [size=100]"], sweep.Points.Select(point => point.Spec.Name));
        Assert.Equal("two", sweep.Spec.Name);
    }

    [Fact]
    public void Over_tasks_degree_or_the_tasks_in_flight_only_those_differ()
    {
        SweepSpec inFlight = Read(TwoWorkloads, "inFlight", "64", "8");
        Assert.Equal([(64, 2), (8, 2)], inFlight.Points.Select(point => (point.Spec.InFlight!.Value, point.Spec.Degree!.Value)));
        Assert.Equal("two [inFlight=8]", inFlight.Points[1].Spec.Name);
        Assert.Equal([new("primes", 5, 9), new("delay", 7, 9)], Read(TwoWorkloads, "tasks", "9", "8").Points[0].Spec.Workloads);
        Assert.Equal([4, 1], Read(TwoWorkloads, "degree", "4", "1").Points.Select(point => point.Spec.Degree!.Value));
    }

    [Fact]
    public void Over_cores_the_spec_stays_as_it_is_but_for_its_name()
    {
        SweepSpec sweep = Read(TwoWorkloads, "cores", "1", "8");

        Assert.All(sweep.Points, point => Assert.Equal(
            sweep.Spec.Workloads, point.Spec.Workloads));
        Assert.Equal("two [cores=8]", sweep.Points[1].Spec.Name);
    }

    [Fact]
    public void What_the_sweep_is_over_need_not_be_in_the_spec() => Assert.Equal(
        30, Read("""{ "workloads": [ { "kind": "primes", "tasks": 3 } ] }""", "size", "20", "30").Points[1].Spec.Workloads[0].Size);

    [Fact]
    public void A_name_that_leaves_no_room_for_the_value_is_cut()
    {
        string name = new('n', 100);

        SweepSpec sweep = Read($$"""{ "name": "{{name}}", "workloads": [ { "kind": "primes", "tasks": 3 } ] }""", "size", "20", "30");

        Assert.All(sweep.Points, point => Assert.Equal(100, point.Spec.Name.Length));
        Assert.EndsWith("... [size=20]", sweep.Points[0].Spec.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_of_one_value_names_the_value_and_one_of_all_is_told_once() => Assert.Equal(
        [
            "rounds: 0 is out of range; expected 1 to 1000",
            "values: 0: workloads[0].tasks: 0 is out of range; expected 1 to 100000",
            "values: 200000: workloads[0].tasks: 200000 is out of range; expected 1 to 100000",
        ],
        ErrorsOf("""{ "rounds": 0, "workloads": [ { "kind": "primes", "size": 3 } ] }""", "tasks", "1", "0", "200000"));

    [Fact]
    public void Every_mistake_in_the_values_is_found_at_once_with_those_of_the_spec() => Assert.Equal(
        [
            "values: '0.5' is not a whole number",
            "values: 2 is listed twice",
            "workloads: is missing; expected e.g. [ { \"kind\": \"primes\", \"size\": 20000, \"tasks\": 32 } ]",
        ],
        ErrorsOf("{}", "degree", "0.5", "2", "2"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(33)]
    public void Too_few_or_too_many_values_are_refused(int count) => Assert.Contains(
        $"values: has {Counted.Of(count, "value")}; expected 2 to 32 distinct whole numbers, e.g. 1,2,4",
        ErrorsOf(TwoWorkloads, "size", [.. Enumerable.Range(1, count).Select(value => $"{value}")]));

    [Fact]
    public void An_unknown_variable_lists_what_is_known() => Assert.Equal(
        ["over: unknown variable 'colour'; known: size, tasks, degree, inFlight, cores"], ErrorsOf(TwoWorkloads, "colour", "1", "2"));

    [Fact]
    public void A_degree_above_the_tasks_in_flight_is_refused_with_its_value() => Assert.Equal(
        ["values: 4: degree: 4 is above 'inFlight', which is 2: no more tasks can be under way at once"],
        ErrorsOf("""{ "workloads": [ { "kind": "primes", "size": 5, "tasks": 9 } ], "inFlight": 2 }""", "degree", "1", "2", "4"));

    [Fact]
    public void More_cores_than_the_program_may_use_are_refused() => Assert.Equal(
        ["values: 0 is out of range; this program may use 1 to 8 processors", "values: 9 is out of range; this program may use 1 to 8 processors"],
        ErrorsOf(TwoWorkloads, "cores", "0", "1", "9"));

    [Fact]
    public void A_workload_that_differs_from_another_by_size_alone_cannot_be_swept_over_size() => Assert.Equal(
        ["workloads[1]: 'primes' is listed twice; a sweep over size replaces the size of every workload, so list it once"],
        ErrorsOf(
            """{ "workloads": [ { "kind": "primes", "size": 5, "tasks": 3 }, { "kind": "primes", "size": 6, "tasks": 3 } ] }""", "size", "1", "2"));

    private static SweepSpec Read(string spec, string over, params string[] values)
    {
        SweepSpecResult result = SweepReader.Read((JsonObject)JsonNode.Parse(spec)!, over, values, 8, SampleSpecs.Rules);
        Assert.Empty(result.Errors);
        return result.Spec!;
    }

    private static string[] ErrorsOf(string spec, string over, params string[] values)
    {
        SweepSpecResult result = SweepReader.Read((JsonObject)JsonNode.Parse(spec)!, over, values, 8, SampleSpecs.Rules);
        Assert.Null(result.Spec);
        return [.. result.Errors.Select(error => error.ToString())];
    }
}
