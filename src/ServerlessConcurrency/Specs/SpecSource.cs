using System.CommandLine;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Specs;

/// <summary>Gets the spec that the user means: a file, or the built-in experiment, with the options in place of its fields.</summary>
internal static class SpecSource
{
    // A difference of 5 % is found in as many, see docs/measurement.md.
    private const int RoundsOfVersions = 30;

    public static Argument<string?> PathArgument() => new Argument<string?>("SPEC")
    {
        Description = "The spec, a JSON file; without it a built-in experiment is run",
        Arity = ArgumentArity.ZeroOrOne,
    }.RefuseOptions().RefuseEmpty("the path of a file");

    /// <summary>What has the mistakes of a spec, for messages.</summary>
    public static string NameOf(string? path, ParseResult parsed) => path ?? (SpecOptions.AnyGiven(parsed) ? "the options" : DefaultExperiment.Name);

    /// <summary>The rules of the local engine, which differ without storage, and where unoptimised code may be measured.</summary>
    /// <param name="parsed">The options that take the place of fields; null where there are none.</param>
    /// <param name="path">The spec file; null where there is none.</param>
    /// <exception cref="OwnCodeException">The users' workloads cannot be used.</exception>
    public static SpecRules LocalRules(CliContext context, ParseResult? parsed, string? path)
    {
        WorkloadCatalog workloads = EveryWorkload.Create(context.OwnCode);
        SpecRules rules = LocalModels.Rules(workloads, hasStorage: context.Connection != StorageConnection.None) with
        {
            // As in a project file: what a file names stands beside it.
            ItemsFolder = path is null || (parsed is not null && SpecOptions.HasItems(parsed)) ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(path)),
        };
        return !context.AllowDebug && UnoptimisedCode.Refusal() is { } reason
            ? rules with { Refusal = $"{reason}, or measure it all the same with {CommonOptions.AllowDebug.Name}" }
            : rules;
    }

    /// <exception cref="BadInputException">It has mistakes; all of them are told.</exception>
    public static MeasurementSpec Read(string? path, ParseResult parsed, SpecRules rules)
    {
        SpecResult result = SpecReader.Read(ReadJson(path, parsed, rules), rules);
        return result.Spec ?? throw new BadInputException(NameOf(path, parsed), result.Errors);
    }

    /// <summary>Reads it without looking at its fields, of which somebody else knows the rules.</summary>
    /// <exception cref="BadInputException">It is no JSON object, or an option is malformed.</exception>
    /// <param name="rules">What the engine knows; null where that is somebody else's.</param>
    public static JsonObject ReadJson(string? path, ParseResult parsed, SpecRules? rules)
    {
        JsonObject? json = path is null
            ? SpecReader.ParseObject(DefaultExperiment.Of(rules), out SpecError? error)
            : SpecReader.ParseObject(InputFile.Read(path, SpecReader.MaxBytes, SpecReader.TooLarge), out error);
        if (json is null)
            throw new BadInputException(NameOf(path, parsed), [error!]);
        // Other work than the built-in one has another name, and no bound of it.
        if (path is null && SpecOptions.HasWorkloads(parsed))
        {
            json.Remove("name");
            json.Remove("inFlight");
        }

        // As many as there are tasks anyway.
        if (path is null && SpecOptions.HasDegree(parsed))
            json.Remove("inFlight");
        SpecOptions.Apply(parsed, json);
        if (rules is not null)
            AddEarlierVersions(json, parsed, rules);
        return json;
    }

    // Each workload that there is an earlier version of is measured in both; rounds are not ended by what one of them decides.
    private static void AddEarlierVersions(JsonObject json, ParseResult parsed, SpecRules rules)
    {
        if (json["workloads"] is not JsonArray workloads)
            return;
        string[] versions = [.. rules.Workloads.All.OfType<EarlierVersion>().Select(workload => EarlierVersion.NewerOf(workload.Kind)!)];
        string[] kinds = [.. workloads.OfType<JsonObject>().Select(workload => workload["kind"]).OfType<JsonValue>().Select(kind => kind.ToString())];
        // A comparison of nothing would never fail. Names that nobody knows are told where the spec is read.
        if (versions.Length > 0 && !kinds.Intersect(versions).Any() && Array.TrueForAll(kinds, kind => rules.Workloads.TryGet(kind, out _)))
            throw BadInputException.OfOption(OwnCodeOption.AgainstName, $"has none of the workloads that are to be measured, {string.Join(", ", kinds)}; it has {string.Join(", ", versions)}");
        JsonObject[] earlier =
        [
            .. from workload in workloads.OfType<JsonObject>()
               where workload["kind"] is JsonValue kind && kind.TryGetValue(out string? name) && rules.Workloads.TryGet(EarlierVersion.NameOf(name), out _)
               select (JsonObject)workload.DeepClone(),
        ];
        foreach (JsonObject workload in earlier)
        {
            workload["kind"] = EarlierVersion.NameOf((string)workload["kind"]!);
            workloads.Add(workload);
        }

        if (earlier.Length == 0 || json["rounds"] is not null || json["precision"] is not null)
            return;
        json["rounds"] = RoundsOfVersions;
        SpecOptions.DropBounds(parsed, json);
    }
}
