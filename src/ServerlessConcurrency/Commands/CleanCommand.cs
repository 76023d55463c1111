using System.CommandLine;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Storage.Queues;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc clean</c>: removes what programs left in the storage that were killed.</summary>
internal static class CleanCommand
{
    private static readonly NumberOption<double> OlderThan = new("--older-than", low: 0, high: 24 * 365)
    {
        Description = "Keep what is younger than so many hours, 0 to 8760: its program may still run",
        HelpName = "HOURS",
        DefaultValueFactory = _ => "24",
    };

    public static Command Create()
    {
        var command = new Command("clean", "Removes the task hubs, queues and tables that killed programs left in the storage") { OlderThan };
        CommandAction.Set(command, RunAsync);
        CommandHelp.AddExamples(
            command,
            ("sconc clean", "Removes those that are older than a day."),
            ("sconc clean --older-than 0", "Removes all; when no other program measures with this storage."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        double hours = OlderThan.Read(parsed)!.Value;
        await using StorageSession storage = await StorageSession.OpenAsync(context, cancellationToken);
        IReadOnlyList<string> hubs = [];
        IReadOnlyList<string> others = [];
        if (storage.Account is { } account)
        {
            DateTimeOffset before = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(hours);
            hubs = await TaskHubCleanup.DeleteAbandonedAsync(account, before, cancellationToken);
            others = await QueueLeftovers.DeleteAbandonedAsync(account, before, storage.Store, cancellationToken);
        }

        if (context.Json)
            context.WriteJson(new { taskHubs = hubs, queuesAndTables = others });
        else
            context.Note(storage.Account is null ? "Without storage there is nothing to clean."
                : hubs.Count + others.Count == 0 ? "There was nothing to remove."
                : $"Removed {Counted.Of(hubs.Count, "task hub")} and {Counted.Of(others.Count, "queue or table", "queues and tables")}.");
        return ExitCodes.Success;
    }
}
