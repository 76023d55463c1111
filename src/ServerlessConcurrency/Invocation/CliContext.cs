using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Connections;
using Spectre.Console;

namespace ServerlessConcurrency.Invocation;

/// <summary>What every command works with: the common options and the two consoles.</summary>
internal sealed class CliContext
{
    // Wide enough for every column where nobody's window limits it.
    private const int RedirectedWidth = 160;

    // Nothing on standard error has columns: a message stays the line that it is for whoever searches for it.
    private const int RedirectedErrorWidth = 10_000;

    private readonly ParseResult _parsed;

    public CliContext(ParseResult parsed, Interruption interruption)
    {
        Interruption = interruption;
        Connection = parsed.GetRequiredValue(CommonOptions.Connection);
        StoragePrefix = parsed.GetRequiredValue(CommonOptions.StoragePrefix);
        _parsed = parsed;
        ResultsPath = parsed.GetRequiredValue(CommonOptions.Out);
        Events = parsed.GetValue(CommonOptions.Events);
        Json = parsed.GetValue(CommonOptions.Json) || HasEvents;
        AllowDebug = parsed.GetValue(CommonOptions.AllowDebug);
        OwnCode = new WorkloadEnvironment { Assemblies = OwnCodeOption.Read(parsed), Against = OwnCodeOption.ReadAgainst(parsed) };
        Summary = SummaryOption.Read(parsed);
        Quiet = parsed.GetValue(CommonOptions.Quiet);
        Details = parsed.GetValue(CommonOptions.Details);
        Verbose = parsed.GetValue(CommonOptions.Verbose);
        bool noColor = parsed.GetValue(CommonOptions.NoColor)
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Out = CreateOut(noColor);
        Error = CreateConsole(Console.Error, Console.IsErrorRedirected, RedirectedErrorWidth, noColor);
    }

    public Interruption Interruption { get; }

    /// <summary>What --connection says; none where the machine has no storage and the command can do without.</summary>
    public string Connection { get; private set; }

    /// <summary>Whether a key or signature is on the command line, where other users of the machine see it.</summary>
    public bool ShowsSecret =>
        _parsed.GetResult(CommonOptions.Connection) is { Implicit: false }
        && (Connection.Contains("SharedAccessSignature=", StringComparison.OrdinalIgnoreCase)
            || (Connection.Contains("AccountKey=", StringComparison.OrdinalIgnoreCase) && !Connection.Contains("AccountName=devstoreaccount1;", StringComparison.Ordinal)));

    public string StoragePrefix { get; }

    /// <summary>For how long a storage or server that does not answer is asked again; null unless given.</summary>
    /// <exception cref="BadInputException">It is no number, or out of range.</exception>
    public TimeSpan? Patience => CommonOptions.Patience.Read(_parsed) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public string ResultsPath { get; }

    public bool Json { get; }

    /// <summary>Whether another program reads progress and notes, see <see cref="ProgramEvent"/>, and failures from the document of --json.</summary>
    [MemberNotNullWhen(true, nameof(Events))]
    public bool HasEvents => Events is not null;

    /// <summary>The file that another program reads the document of --json from; null: it goes to standard output.</summary>
    public string? Events { get; }

    /// <summary>Where users' workloads are.</summary>
    public WorkloadEnvironment OwnCode { get; }

    /// <summary>Whether code that was built without optimisation may be measured.</summary>
    public bool AllowDebug { get; }

    /// <summary>The file that Markdown is appended to; null: none.</summary>
    public string? Summary { get; }

    public bool Quiet { get; }

    /// <summary>Whether every finding is shown, not only the first of its kind.</summary>
    public bool Details { get; }

    public bool Verbose { get; }

    /// <summary>Standard output: results, for people; empty with --json but for the document.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Standard error: progress, notes and errors.</summary>
    public IAnsiConsole Error { get; }

    public void DoWithoutStorage() => Connection = StorageConnection.None;

    /// <summary>Writes a note on standard error, unless --quiet.</summary>
    public void Note(string text)
    {
        if (Quiet)
            return;
        if (HasEvents)
            new ProgramEvent(Note: text).Write();
        else
            Error.MarkupLineInterpolated($"[grey]{text}[/]");
    }

    /// <summary>Writes the one JSON document of --json.</summary>
    public void WriteJson<T>(T value)
    {
        using Stream output = HasEvents ? File.Create(Events) : Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, value, ExperimentJson.Indented);
        output.Write("\n"u8);
    }

    /// <summary>Standard output, as wide as the window; where there is none, as the variable COLUMNS says, or wide enough for every column.</summary>
    public static IAnsiConsole CreateOut(bool noColor)
    {
        bool isGiven = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out int columns) && columns > 0;
        return CreateConsole(Console.Out, Console.IsOutputRedirected, isGiven ? columns : RedirectedWidth, noColor);
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool redirected, int redirectedWidth, bool noColor)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            ColorSystem = noColor || redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        console.Pipeline.Attach(new VisibleOutput());
        if (redirected)
            console.Profile.Width = redirectedWidth;
        return console;
    }
}
