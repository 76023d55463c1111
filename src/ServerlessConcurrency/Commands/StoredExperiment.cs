using System.CommandLine;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Storage.Experiments;

namespace ServerlessConcurrency.Commands;

/// <summary>The argument of commands that work on a stored experiment.</summary>
internal static class StoredExperiment
{
    public static Argument<string> IdArgument() =>
        new Argument<string>("ID") { Description = "The experiment's id, as run and list print it" }.CompleteIds().RefuseOptions().RefuseEmpty("the id of an experiment, e.g. 20260131-093000-k7qd");

    public static async Task<MeasurementDocument> GetAsync(
        CliContext context, StorageSession storage, string id, CancellationToken cancellationToken) =>
        await storage.Store.FindAsync(id, cancellationToken) ?? throw NotFound(context, id);

    /// <summary>Checks an id's form, so that it is safe in file names and table keys.</summary>
    public static string Checked(CliContext context, string id) => ExperimentId.IsValid(id)
        ? id
        : throw BadInputException.OfOption("ID", $"'{id}' is not an experiment id, e.g. 20260131-093000-k7qd{Meant(context, id)}");

    public static BadInputException NotFound(CliContext context, string id) => BadInputException.OfOption("ID", File.Exists(Path.Combine(context.ResultsPath, id, ExperimentNames.DocumentFile))
        ? $"{id} is in {context.ResultsPath}, but not in this storage; name its storage with --connection and --storage-prefix, or --connection none for the files"
        : EndedAsItBegan(context, id) ? $"{id} has no {ExperimentNames.DocumentFile} in {context.ResultsPath}: its program ended as it began, and nothing was measured; run it again"
        : $"there is no experiment {id} in this storage{(Meant(context, id) is { Length: > 0 } meant ? meant + " " : "; ")}'{CommandHelp.OfProgram("sconc list")}' shows what is there, and show and report find a sweep where its folder is (--out)");

    // A sweep has a document of its own.
    private static bool EndedAsItBegan(CliContext context, string id) =>
        Path.Combine(context.ResultsPath, id) is var folder && Directory.Exists(folder) && !Directory.EnumerateFiles(folder, "*.json").Any();

    private static string Meant(CliContext context, string id) =>
        Suggestion.For(id, Completion.IdsIn(context.ResultsPath).Except([id])) is { } meant ? $", did you mean '{meant}'?" : "";
}
