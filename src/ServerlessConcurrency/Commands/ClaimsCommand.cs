using System.CommandLine;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Pinning;
using ServerlessConcurrency.Rendering;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Specs;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc claims</c>: what is said of processes, threads, event loops and interpreter locks, measured on this machine.</summary>
internal static class ClaimsCommand
{
    private const string NoPython = "none";

    private static readonly Option<string[]> Only = new("--only")
    {
        HelpName = "CLAIMS",
        Description = "Only these claims, separated by commas, e.g. C3,C6",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "As few rounds as a verdict needs: under a minute instead of up to ten",
    };

    private static readonly Option<string?> Python = new Option<string?>("--python")
    {
        HelpName = "NAME",
        Description = "The CPython interpreter, 3.8 or later, by name or path; none: .NET only; unless given, python3 where there is one",
    }.RefuseEmpty("the name or path of an interpreter, or none");

    private static readonly Option<string?> Name = new("--name") { HelpName = "NAME", Description = "A name for people, 1 to 100 characters" };

    private static readonly NumberOption<long> Seed = new("--seed", low: long.MinValue, high: long.MaxValue) { HelpName = "N", Description = "The seed of task inputs and of the bootstrap" };

    public static Command Create()
    {
        var command = new Command("claims", "Measures what is said of processes, threads, event loops and interpreter locks, in .NET and CPython")
        {
            Only, Quick, Python, Name, Seed,
        };
        Only.CompleteList(_ => ClaimRegistry.Ids);
        Python.CompletionSources.Add(NoPython);
        LocalCommand.Set(command, ReadAsync, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc claims --quick", "All twelve, in about a minute."),
            ("sconc claims --only C3,C6 --python none", "Two of them, in .NET only."));
        return command;
    }

    private static async Task<(ClaimsSpec Spec, PythonSearchResult Python)> ReadAsync(
        ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        SpecResult result = SpecReader.Read(ToJson(parsed), SpecSource.LocalRules(context, parsed: null, path: null));
        var spec = (ClaimsSpec?)result.Spec ?? throw new BadInputException("the command line", result.Errors);
        return (spec, await FindPythonAsync(parsed.GetValue(Python), cancellationToken));
    }

    private static async Task<int> RunAsync(
        (ClaimsSpec Spec, PythonSearchResult Python) input, CliContext context, StorageSession storage, CancellationToken cancellationToken)
    {
        string id = ExperimentId.Create(TimeProvider.System.GetUtcNow());
        using ExperimentLease? lease = storage.TryLease(id);
        (MeasurementDocument document, Exception? failure) = await ProgressDisplay.WhileAsync(
            context,
            progress => LocalEngine.MeasureClaimsAsync(
                id, input.Spec, input.Python, storage, progress, cancellationToken),
            unit: "claim");
        return OutcomeView.WriteMeasured(context, document, failure);
    }

    // Who names an interpreter wants it; without one, .NET is measured alone where there is none.
    private static async Task<PythonSearchResult> FindPythonAsync(string? name, CancellationToken cancellationToken)
    {
        if (name == NoPython)
            return new PythonSearchResult(null, "not measured: --python none");
        PythonSearchResult found = await PythonInterpreter.FindAsync(name, cancellationToken);
        return found.Interpreter is not null || name is null ? found : throw BadInputException.OfOption("--python", found.WhyNone!);
    }

    private static JsonObject ToJson(ParseResult parsed)
    {
        var spec = new JsonObject
        {
            ["kind"] = ClaimsSpec.KindName,
            ["quick"] = parsed.GetValue(Quick),
            ["name"] = parsed.GetValue(Name),
            ["seed"] = Seed.Read(parsed),
        };
        // Given without any, it is a mistake, which validation tells.
        if (parsed.GetValue(Only) is { Length: > 0 } only)
            spec["only"] = new JsonArray([.. SpecOptions.Split(only).Select(claim => JsonValue.Create(Spelled(claim)))]);
        return spec;
    }

    // People need not mind the case.
    private static string Spelled(string claim) => ClaimRegistry.Ids.FirstOrDefault(id => id.Equals(claim, StringComparison.OrdinalIgnoreCase)) ?? claim;
}
