using System.CommandLine;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc delete ID</c>: removes a stored experiment.</summary>
internal static class DeleteCommand
{
    private static readonly Argument<string> Id = StoredExperiment.IdArgument();

    public static Command Create()
    {
        var command = new Command("delete", "Removes a stored experiment, its rows and its blobs") { Id };
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc delete ID", "Removes it from the storage."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        string id = StoredExperiment.Checked(context, parsed.GetRequiredValue(Id));
        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        if (await storage.Store.FindReadableAsync(id, cancellationToken) is { } known && !known.Status.HasEnded())
            throw new ExperimentConflictException($"{id} has not ended; end it first, where it runs. If its program is gone, it can be deleted five minutes later");
        if (!await storage.Store.DeleteAsync(id, cancellationToken))
            throw StoredExperiment.NotFound(context, id);
        if (context.Json)
            context.WriteJson(new { id, deleted = true });
        else
            context.Note($"Deleted {id}.");
        return ExitCodes.Success;
    }
}
