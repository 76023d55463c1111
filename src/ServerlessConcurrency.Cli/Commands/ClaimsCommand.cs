using System.CommandLine;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Cli.Engine;
using ServerlessConcurrency.Cli.Pinning;
using ServerlessConcurrency.Cli.Rendering;
using ServerlessConcurrency.Cli.Specs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Cli.Commands;

/// <summary><c>sconc claims</c>: what is said of processes, threads, event loops and interpreter locks, measured on this machine.</summary>
internal static class ClaimsCommand
{
    private const string NoPython = "none";

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only these claims, separated by commas, e.g. C3,C6",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "As few rounds as a verdict needs: under a minute instead of up to ten",
    };

    private static readonly Option<string?> Python = new("--python")
    {
        Description = "The CPython interpreter, 3.8 or later, by name or path; none: .NET only; unless given, python3 where there is one",
    };

    private static readonly Option<string?> Name = new("--name") { Description = "A name for people, 1 to 100 characters" };

    private static readonly Option<long?> Seed = new("--seed") { Description = "The seed of task inputs and of the bootstrap" };

    public static Command Create()
    {
        var command = new Command("claims", "Measures what is said of processes, threads, event loops and interpreter locks, in .NET and CPython")
        {
            Only, Quick, Python, Name, Seed,
        };
        CoresOption.AddTo(command);
        CliApplication.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        int? cores = CoresOption.Read(parsed);
        SpecRules rules = LocalModels.Rules(
            EveryWorkload.Create(new WorkloadEnvironment()), hasStorage: context.Connection != StorageConnection.None);
        SpecResult result = SpecReader.Read(ToJson(parsed), rules);
        var spec = (ClaimsSpec?)result.Spec ?? throw new BadInputException("the command line", result.Errors);
        PythonSearchResult python = await FindPythonAsync(parsed.GetValue(Python), cancellationToken);

        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        if (await PinnedCommand.RunInsteadAsync(cores, context, cancellationToken) is { } exitCode)
            return exitCode;
        string id = ExperimentId.Create(TimeProvider.System.GetUtcNow());
        (MeasurementDocument document, Exception? failure) = await ProgressDisplay.WhileAsync(
            context,
            progress => LocalEngine.MeasureClaimsAsync(
                id, spec, python, storage, progress, cancellationToken),
            unit: "claim");
        return OutcomeView.Write(context, document, failure);
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
            ["seed"] = parsed.GetValue(Seed),
        };
        // Given without any, it is a mistake, which validation tells.
        if (parsed.GetValue(Only) is { Length: > 0 } only)
            spec["only"] = new JsonArray([.. SpecOptions.Split(only).Select(claim => JsonValue.Create(claim))]);
        return spec;
    }
}
