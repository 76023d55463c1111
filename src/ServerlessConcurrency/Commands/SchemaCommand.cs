using System.CommandLine;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Specs;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc schema spec|experiment|sweep</c>: the JSON Schema of a document, for editors and other programs.</summary>
internal static class SchemaCommand
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly Argument<string> Document = new Argument<string>("DOCUMENT") { Description = "What to describe: spec, experiment or sweep" }
        .AcceptOnlyFromAmong("spec", "experiment", "sweep");

    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON Schema of a document, for editors and other programs") { Document };
        OwnCodeOption.AddTo(command);
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc schema spec > spec.schema.json", "For a spec that begins with { \"$schema\": \"spec.schema.json\"."),
            ("sconc schema experiment", "What run --json prints, and experiment.json holds."));
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        context.WriteJson(parsed.GetRequiredValue(Document) switch
        {
            "spec" => SpecSchema.Create(SpecSource.LocalRules(context, parsed: null, path: null), allowOthers: true),
            "experiment" => Experiment(),
            _ => Sweep(),
        });
        return Task.FromResult(ExitCodes.Success);
    }

    private static JsonObject Sweep()
    {
        JsonObject schema = DocumentSchema.Of<SweepDocument>();
        schema.Insert(0, "$schema", Dialect);
        return schema;
    }

    private static JsonObject Experiment() => new()
    {
        ["$schema"] = Dialect,
        ["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/$defs/Models" }, new JsonObject { ["$ref"] = "#/$defs/Claims" }),
        ["$defs"] = new JsonObject
        {
            ["Models"] = DocumentSchema.Of<ExperimentDocument>("#/$defs/Models"),
            ["Claims"] = DocumentSchema.Of<ClaimsDocument>("#/$defs/Claims"),
        },
    };
}
