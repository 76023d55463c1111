using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Help;

namespace ServerlessConcurrency.Specs;

/// <summary>
/// The fields of a spec as options of the command line: an option replaces the field of the spec file, and both pass through the
/// same validation.
/// </summary>
internal static class SpecOptions
{
    private static readonly ExperimentSpec Defaults = new() { Workloads = [], Models = [] };

    private static readonly Option<string[]> Workloads = new Option<string[]>("--workloads", "-w")
    {
        Description = "Several separated by commas, e.g. primes:20000:32,delay:50:32 [default: primes and delay]",
        HelpName = "KIND:SIZE:TASKS",
        AllowMultipleArgumentsPerToken = true,
    }.RefuseEmpty("one or more of KIND:SIZE:TASKS, separated by commas, e.g. primes:20000:32,delay:50:32");

    private static readonly Option<string> Items = new Option<string>("--items")
    {
        Description = "What each task of your own workloads works on: a file with a JSON array, or a JSON value on each line",
        HelpName = "FILE",
    }.RefuseEmpty("the path of a file");

    private static readonly Option<string[]> Models = new Option<string[]>("--models", "-m")
    {
        Description = "Models separated by commas, e.g. sequential,threads,async [default: all that run here]",
        HelpName = "MODELS",
        AllowMultipleArgumentsPerToken = true,
    }.RefuseEmpty("one or more models separated by commas, e.g. sequential,threads,async");

    private static readonly IReadOnlyList<(string Field, Option<string> Option)> Values =
    [
        .. Named<string>("name", "NAME", "A name for people, 1 to 100 characters"),
        .. Named<string>("degree", "N", "Threads, processes or hosts at once, 1 to 256 [default: processors, or 32 for waits]", "-d"),
        .. Named<string>("inFlight", "N", "Tasks under way at once, 1 to 100,000"),
        .. Named<string>("rounds", "N", "Measured rounds, 1 to 1,000 [default: until decided]", "-r"),
        .. Named<string>("warmupRounds", "N", $"Rounds run first and not measured, 0 to 1,000 [default: {Defaults.WarmupRounds}]"),
        .. Named<string>("seed", "N", $"The seed of task inputs and of the order of runs [default: {Defaults.Seed}]"),
        .. Named<string>("precision", "PART", "Go on until every interval is within this part of its median, e.g. 0.05"),
        .. Named<string>("maxRounds", "N", "With --precision or --until-decided, the most rounds"),
        .. Named<string>("timeBudgetSeconds", "N", "With --precision or --until-decided, no round begins later than this"),
        .. Named<string>("taskTimeoutSeconds", "N", $"How long one task may take in a child process [default: {Defaults.TaskTimeoutSeconds}]"),
        .. Named<string>("minRunMs", "MS", $"Shorter runs are repeated within their round until all take so long; 0: never [default: {Defaults.MinRunMs}]"),
    ];

    private static readonly IReadOnlyList<(string Field, Option<bool> Option)> Flags =
    [
        .. Named<bool>("untilDecided", null, "Go on until every recommendation is decided; the default where neither --rounds nor --precision is given"),
        .. Named<bool>("coldStart", null, "Every run begins with fresh processes, whose start is measured; without warm-up rounds"),
        .. Named<bool>("driftReference", null, "true, the default: sequential is measured too where --models leaves it out; false: it is not"),
    ];

    private static readonly string[] RoundFields = ["rounds", "precision", "untilDecided"];
    private static readonly string[] BoundFields = ["maxRounds", "timeBudgetSeconds"];

    static SpecOptions()
    {
        Workloads.CompleteList(parsed => OwnCodeOption.Workloads(parsed, out _).Select(workload => $"{workload.Kind}:"));
        Models.CompleteList(_ => KnownModels.All.Select(model => model.Id));
    }

    private static IEnumerable<Option> All =>
        [Workloads, Items, Models, .. Values.Select(value => value.Option), .. Flags.Select(flag => flag.Option)];

    public static void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
        CommandHelp.ListWork(command);
    }

    // As options are usually written, and hidden as the field is.
    private static IEnumerable<(string Field, Option<T> Option)> Named<T>(string field, string? value, string description, params string[] aliases)
    {
        string name = $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(field)}";
        yield return (field, new Option<T>(name, aliases) { Description = description, HelpName = value });
        if (name != $"--{field}")
            yield return (field, new Option<T>($"--{field}") { Hidden = true });
    }

    public static bool HasWorkloads(ParseResult parsed) => IsGiven(parsed, Workloads);

    public static bool HasItems(ParseResult parsed) => IsGiven(parsed, Items);

    public static bool HasDegree(ParseResult parsed) => IsGiven(parsed, "degree");

    public static bool AnyGiven(ParseResult parsed) => All.Any(option => IsGiven(parsed, option));

    /// <exception cref="BadInputException">A workload does not have the form KIND:SIZE:TASKS.</exception>
    public static void Apply(ParseResult parsed, JsonObject spec)
    {
        if (Split(parsed.GetValue(Workloads)) is { Length: > 0 } workloads)
            spec["workloads"] = new JsonArray([.. workloads.Select(ParseWorkload)]);
        if (parsed.GetValue(Items) is { } items && spec["workloads"] is JsonArray takers)
            foreach (JsonObject workload in takers.OfType<JsonObject>())
                workload["items"] = items;
        if (Split(parsed.GetValue(Models)) is { Length: > 0 } models)
            spec["models"] = new JsonArray([.. models.Select(model => JsonValue.Create(model))]);
        foreach ((string field, Option<string> option) in Values)
            if (parsed.GetValue(option) is { } value)
                spec[field] = field == "name" ? JsonValue.Create(value) : ParseNumber(value);
        foreach ((string field, Option<bool> option) in Flags)
            if (IsGiven(parsed, option))
                spec[field] = parsed.GetValue(option);
        if (RoundFields.Any(field => IsGiven(parsed, field)))
            DropBounds(parsed, spec);
    }

    /// <summary>Where so many rounds are asked for and no more, what bounds more of them in the file has no meaning; as an option, it is a mistake.</summary>
    public static void DropBounds(ParseResult parsed, JsonObject spec)
    {
        bool mayAddRounds = spec["precision"] is not null || (spec["untilDecided"] is { } untilDecided ? untilDecided.GetValueKind() != JsonValueKind.False : spec["rounds"] is null);
        if (mayAddRounds)
            return;
        foreach (string bound in BoundFields.Where(bound => !IsGiven(parsed, bound)))
            spec.Remove(bound);
    }

    private static bool IsGiven(ParseResult parsed, string field) =>
        Values.Any(value => value.Field == field && IsGiven(parsed, value.Option)) || Flags.Any(flag => flag.Field == field && IsGiven(parsed, flag.Option));

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Takes lists apart that are separated by commas.</summary>
    public static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static JsonObject ParseWorkload(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 3 || Array.Exists(parts, part => part.Length == 0))
            throw BadInputException.OfOption("--workloads", $"'{text}' is not KIND:SIZE:TASKS, e.g. primes:20000:32");
        // Which may be left out, the workload says.
        var workload = new JsonObject { ["kind"] = parts[0] };
        if (parts.Length > 1)
            workload["size"] = ParseNumber(parts[1]);
        if (parts.Length > 2)
            workload["tasks"] = ParseNumber(parts[2]);
        return workload;
    }

    // What is no number stays text, so that validation can name the field.
    private static JsonValue ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
}
