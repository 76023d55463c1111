using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>
/// The names of everything kept in a storage account. One prefix is valid in all of them: tables allow letters and digits
/// only, containers and queues lower case only, and all three 3 to 63 characters (Azure Storage REST API reference,
/// "Understanding the Table service data model" and "Naming queues and metadata").
/// </summary>
public sealed partial class StorageNames
{
    /// <summary>The longest prefix: leaves room for the longest name that follows it.</summary>
    public const int MaxPrefixLength = 30;

    /// <param name="prefix">What each begins with; may be empty.</param>
    /// <exception cref="StorageConnectionException">The prefix is not valid in every kind of name.</exception>
    public StorageNames(string prefix)
    {
        if (MistakeIn(prefix) is { } mistake)
            throw new StorageConnectionException($"StoragePrefix: {mistake}");
        Prefix = prefix;
    }

    /// <summary>Why a prefix is not valid in every kind of name; null where it is.</summary>
    public static string? MistakeIn(string prefix) => prefix.Length <= MaxPrefixLength && Form().IsMatch(prefix)
        ? null
        : $"'{prefix}' cannot begin the names of tables, queues and containers; " +
            $"use at most {MaxPrefixLength} lower-case letters and digits, beginning with a letter";

    /// <summary>What every name begins with; may be empty.</summary>
    public string Prefix { get; }

    /// <summary>The table with one entity per experiment.</summary>
    public string Experiments => Prefix + "experiments";

    /// <summary>The table with one entity per run.</summary>
    public string Runs => Prefix + "runs";

    /// <summary>The blob container with a file of timings per run; until schema 2 a table with a row per task attempt.</summary>
    public string Timings => Prefix + "timings";

    /// <summary>What the names of the tables begin with that hold task attempts while an experiment runs.</summary>
    public string Attempts => Prefix + "attempts";

    /// <summary>The blob container of reports.</summary>
    public string Reports => Prefix + "reports";

    /// <summary>The blob container in which the <c>blob</c> workload works.</summary>
    public string Workload => Prefix + "workload";

    /// <summary>The queue of tasks of the Functions app.</summary>
    public string Tasks => Prefix + "tasks";

    /// <summary>The queue of messages that could not be processed.</summary>
    public string PoisonTasks => Prefix + "tasks-poison";

    /// <summary>
    /// The queue of one experiment of the local engine: were it shared, two programs on one account would execute each
    /// other's tasks, and each would measure the other's load.
    /// </summary>
    public string TasksOf(string experimentId) => $"{Tasks}-{experimentId}";

    /// <summary>
    /// The table into which separate processes write the task attempts of one experiment while it runs: so that to delete them is one request.
    /// </summary>
    public string AttemptsOf(string experimentId) => Attempts + experimentId.Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex("^([a-z][a-z0-9]*)?\\z")]
    private static partial Regex Form();
}
