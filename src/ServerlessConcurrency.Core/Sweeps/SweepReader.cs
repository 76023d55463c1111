using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>Reads what a sweep is to measure and finds every mistake in it at once. Never throws on bad input.</summary>
public static class SweepReader
{
    public const int FewestValues = 2;

    public const int MostValues = 32;

    private const int LongestName = 100;

    /// <summary>The names of the variables, as users write them.</summary>
    public static IReadOnlyList<string> Variables { get; } = [.. Enum.GetValues<SweepVariable>().Select(NameOf)];

    /// <summary>The name of a variable, as users write it, e.g. <c>size</c>.</summary>
    public static string NameOf(SweepVariable variable) => JsonNamingPolicy.CamelCase.ConvertName(variable.ToString());

    /// <param name="spec">The spec of its experiments, not validated; what the sweep is over need not be in it.</param>
    /// <param name="values">Its values: 2 to 32 distinct whole numbers, in the order in which they are to be measured.</param>
    /// <param name="processors">How many processors the program may use.</param>
    /// <returns>The sweep, or every mistake; one that only some values have names the value.</returns>
    public static SweepSpecResult Read(
        JsonObject spec, string over, IReadOnlyList<string> values, int processors, SpecRules rules)
    {
        var errors = new List<SpecError>();
        SweepVariable? variable = Enum.GetValues<SweepVariable>().Cast<SweepVariable?>().FirstOrDefault(known => NameOf(known!.Value) == over);
        if (variable is null)
            errors.Add(new SpecError("over", Suggestion.Unknown("variable", over, Variables)));
        List<long> numbers = ReadValues(values, errors);
        if (variable == SweepVariable.Cores)
            RejectMissingCores(numbers, processors, errors);
        if (variable is null || numbers.Count == 0)
        {
            errors.AddRange(SpecReader.Read(spec, rules).Errors);
            return new SweepSpecResult(null, errors);
        }

        int[] repeated = variable == SweepVariable.Size ? RepeatedKinds(spec, errors) : [];
        List<(long Value, SpecResult Result)> read =
            [.. numbers.Select(value => (value, SpecReader.Read(With(spec, variable.Value, value), rules)))];
        AddMistakes(read, repeated, errors);
        if (errors.Count == 0 && read[0].Result.Spec is ClaimsSpec)
            errors.Add(new SpecError("kind", "is not for a sweep: claims have no size, tasks or degree"));
        if (errors.Count > 0)
            return new SweepSpecResult(null, errors);
        (long Value, ExperimentSpec Spec)[] specs = [.. read.Select(point => (point.Value, (ExperimentSpec)point.Result.Spec!))];
        SweepPoint[] points = [.. specs.Select(point => new SweepPoint(point.Value, Named(point.Spec, variable.Value, point.Value)))];
        return new SweepSpecResult(new SweepSpec(specs[0].Spec, variable.Value, points), []);
    }

    private static List<long> ReadValues(IReadOnlyList<string> values, List<SpecError> errors)
    {
        var numbers = new List<long>();
        foreach (string text in values)
        {
            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
                errors.Add(new SpecError("values", $"'{SpecFields.Shorten(text)}' is not a whole number{(BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? " in range" : "")}"));
            else if (numbers.Contains(number))
                errors.Add(new SpecError("values", FormattableString.Invariant($"{number} is listed twice")));
            else
                numbers.Add(number);
        }

        if (values.Count is < FewestValues or > MostValues)
            errors.Add(new SpecError("values", $"has {Counted.Of(values.Count, "value")}; expected {FewestValues} to {MostValues} distinct whole numbers, e.g. 1,2,4"));
        return numbers;
    }

    private static void RejectMissingCores(List<long> numbers, int processors, List<SpecError> errors) =>
        errors.AddRange(numbers.Where(cores => cores < 1 || cores > processors).Select(cores => new SpecError(
            "values", FormattableString.Invariant($"{cores} is out of range; this program may use 1 to {Counted.Of(processors, "processor")}"))));

    // They would become one workload listed twice, for every value.
    private static int[] RepeatedKinds(JsonObject spec, List<SpecError> errors)
    {
        if (spec["workloads"] is not JsonArray workloads)
            return [];
        var seen = new HashSet<string>();
        var repeated = new List<int>();
        for (int index = 0; index < workloads.Count; index++)
        {
            if (workloads[index] is not JsonObject entry || entry["kind"] is not JsonValue value || !value.TryGetValue(out string? kind)
                || seen.Add(kind))
                continue;
            repeated.Add(index);
            errors.Add(new SpecError(
                $"workloads[{index}]", $"'{SpecFields.Shorten(kind)}' is listed twice; a sweep over size replaces the size of every workload, so list it once"));
        }

        return [.. repeated];
    }

    private static JsonObject With(JsonObject spec, SweepVariable variable, long value)
    {
        var copy = (JsonObject)spec.DeepClone();
        if (variable is SweepVariable.Degree or SweepVariable.InFlight)
            copy[NameOf(variable)] = value;
        if (variable is SweepVariable.Size or SweepVariable.Tasks && copy["workloads"] is JsonArray workloads)
        {
            foreach (JsonObject workload in workloads.OfType<JsonObject>())
                workload[NameOf(variable)] = value;
        }

        return copy;
    }

    // What is wrong whatever the value is told once.
    private static void AddMistakes(List<(long Value, SpecResult Result)> read, int[] repeated, List<SpecError> errors)
    {
        bool IsToldAlready(SpecError error) => Array.Exists(repeated, index => error.Field == $"workloads[{index}]");
        List<SpecError> everywhere = [.. read[0].Result.Errors.Where(error => read.TrueForAll(point => point.Result.Errors.Contains(error)))];
        errors.AddRange(everywhere.Where(error => !IsToldAlready(error)));
        foreach ((long value, SpecResult result) in read)
        {
            errors.AddRange(result.Errors
                .Where(error => !everywhere.Contains(error) && !IsToldAlready(error))
                .Select(error => new SpecError("values", FormattableString.Invariant($"{value}: {error}"))));
        }
    }

    private static ExperimentSpec Named(ExperimentSpec spec, SweepVariable variable, long value)
    {
        string suffix = string.Create(CultureInfo.InvariantCulture, $" [{NameOf(variable)}={value}]");
        return spec with { Name = SpecFields.Shorten(spec.Name, LongestName - suffix.Length) + suffix };
    }
}
