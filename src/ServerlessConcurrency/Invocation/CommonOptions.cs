using System.CommandLine;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Connections;

namespace ServerlessConcurrency.Invocation;

internal static class CommonOptions
{
    /// <summary>The environment variable with the connection, where it is not to be seen in the list of processes.</summary>
    public const string ConnectionVariable = "SCONC_CONNECTION";

    public static readonly Option<string> Connection = new("--connection")
    {
        Description = "Where to store: auto (find or start Azurite), UseDevelopmentStorage=true, a connection string, "
            + "an account name, or none (files only); the environment variable SCONC_CONNECTION does the same, unseen by others",
        HelpName = "STORAGE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } connection ? connection : StorageConnection.Auto,
        Recursive = true,
    };

    public static readonly Option<string> StoragePrefix = new("--storage-prefix")
    {
        Description = "What the names of tables, queues and containers begin with: empty, or lower-case letters and digits",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
        Recursive = true,
    };

    public static readonly NumberOption<double> Patience = new("--patience", low: 0, high: 3_600)
    {
        Description = "For how many seconds a storage or server that does not answer is asked again, 0 to 3,600; "
            + "a storage 30 and a server 60 unless given",
        HelpName = "SECONDS",
        Recursive = true,
    };

    public static readonly Option<string> Out = new("--out")
    {
        Description = "The folder for result files",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "results",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document on standard output and nothing else there",
        Recursive = true,
    };

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "No progress and no notes on standard error; errors still",
        Recursive = true,
    };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "No colours; the environment variable NO_COLOR does the same",
        Recursive = true,
    };

    public static readonly Option<bool> Details = new("--details")
    {
        Description = "Show every finding, not only the first of its kind",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the stack trace of an error",
        Recursive = true,
    };

    static CommonOptions()
    {
        Connection.CompletionSources.Add("auto", "UseDevelopmentStorage=true", StorageConnection.None);
        Refuse(Out.RefuseEmpty("the path of a folder"), path => path.Length == 0 ? null : OutFolder.MistakeIn(path));
        Refuse(StoragePrefix, StorageNames.MistakeIn);
    }

    /// <summary>Of the commands that measure on this machine.</summary>
    public static readonly Option<bool> AllowDebug = new("--allow-debug")
    {
        Description = "Measure code that was built without optimisation, too; every output then warns of it",
    };

    /// <summary>For the program that started this one: see <see cref="ProgramEvent"/>.</summary>
    public static readonly Option<string?> Events = new("--events")
    {
        Description = "Progress and notes as lines of JSON on standard error, and the document of --json in a file, where nothing else writes",
        HelpName = "FILE",
        Hidden = true,
        Recursive = true,
    };

    public static readonly IReadOnlyList<Option> All = [Connection, StoragePrefix, Patience, Out, Json, Quiet, NoColor, Details, Verbose, Events];

    private static void Refuse(Option option, Func<string, string?> mistakeIn) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token, ..] && mistakeIn(token.Value) is { } mistake)
            result.AddError($"{option.Name}: {mistake}");
    });
}
