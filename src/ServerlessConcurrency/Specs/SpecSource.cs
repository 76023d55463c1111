using System.CommandLine;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Specs;

/// <summary>Gets the spec that the user means: a file, or the built-in experiment, with the options in place of its fields.</summary>
internal static class SpecSource
{
    public static Argument<string?> PathArgument() => new Argument<string?>("SPEC")
    {
        Description = "The spec, a JSON file; without it a built-in experiment is run",
        Arity = ArgumentArity.ZeroOrOne,
    }.RefuseOptions();

    /// <summary>What has the mistakes of a spec, for messages.</summary>
    public static string NameOf(string? path, ParseResult parsed) => path ?? (SpecOptions.AnyGiven(parsed) ? "the options" : DefaultExperiment.Name);

    /// <summary>The rules of the local engine, which differ without storage, and where unoptimised code may be measured.</summary>
    public static SpecRules LocalRules(CliContext context)
    {
        SpecRules rules = LocalModels.Rules(
            EveryWorkload.Create(new WorkloadEnvironment()), hasStorage: context.Connection != StorageConnection.None);
        return !context.AllowDebug && UnoptimisedCode.Refusal() is { } reason
            ? rules with { Refusal = $"{reason}, or measure it all the same with {CommonOptions.AllowDebug.Name}" }
            : rules;
    }

    /// <exception cref="BadInputException">It has mistakes; all of them are told.</exception>
    public static MeasurementSpec Read(string? path, ParseResult parsed, SpecRules rules)
    {
        SpecResult result = SpecReader.Read(ReadJson(path, parsed), rules);
        return result.Spec ?? throw new BadInputException(NameOf(path, parsed), result.Errors);
    }

    /// <summary>Reads it without looking at its fields, of which somebody else knows the rules.</summary>
    /// <exception cref="BadInputException">It is no JSON object, or an option is malformed.</exception>
    public static JsonObject ReadJson(string? path, ParseResult parsed)
    {
        JsonObject? json = path is null
            ? SpecReader.ParseObject(DefaultExperiment.Utf8, out SpecError? error)
            : SpecReader.ParseObject(InputFile.Read(path, SpecReader.MaxBytes, SpecReader.TooLarge), out error);
        if (json is null)
            throw new BadInputException(NameOf(path, parsed), [error!]);
        // Other work than the built-in one has another name, and no bound of it.
        if (path is null && SpecOptions.HasWorkloads(parsed))
        {
            json.Remove("name");
            json.Remove("inFlight");
        }

        SpecOptions.Apply(parsed, json);
        return json;
    }
}
