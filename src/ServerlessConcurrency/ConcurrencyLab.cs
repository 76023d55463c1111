using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using ServerlessConcurrency.Commands;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Workers.Pinning;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency;

/// <summary>The command line: finds the command and runs it.</summary>
public static class ConcurrencyLab
{
    public static Task<int> RunAsync(string[] args) => SystemLimits.Shortage is { } shortage ? RefuseAsync(shortage) : StartAsync(args);

    private static Task<int> StartAsync(string[] args)
    {
        ToldOutput.Use();
        PinnedProgram.Recognize();
        // Its messages are in English: those of the library that reads the command line would be in the system's language.
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        // How long child processes take to start is measured: they start without what reads the commands of people.
        return args is [WorkerLaunch.Command] ? Task.FromResult(ChildProgram.Run()) : TryRunAsync(args);
    }

    // Commands tell their failures themselves; help and completions may have no output to write to, either.
    private static async Task<int> TryRunAsync(string[] args)
    {
        try
        {
            return await ParseAndRunAsync(args);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {VisibleText.Of(WorkingFolder.Mistake ?? $"standard output cannot be written to: {exception.Message}")}");
            return ExitCodes.Failed;
        }
    }

    // Apart: what the rest refers to may not even be loaded any more.
    private static async Task<int> RefuseAsync(string shortage)
    {
        ToldOutput.Use();
        await Console.Error.WriteLineAsync($"error: {shortage}");
        return ExitCodes.Failed;
    }

    private static async Task<int> ParseAndRunAsync(string[] args)
    {
        RootCommand root = CreateRoot();
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // A word that is no command is told as that, and not as one that is missing, too.
            bool isUnknown = parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens.Count > 0 && parsed.Errors.Count > 1;
            foreach (ParseError error in parsed.Errors.Skip(isUnknown ? 1 : 0))
                await Console.Error.WriteLineAsync($"error: {VisibleText.Of(error.Message.ReplaceLineEndings("\n").Replace("\n\t", " ", StringComparison.Ordinal))}");
            foreach (string meant in Meant(parsed).Distinct())
                await Console.Error.WriteLineAsync($"Did you mean '{meant}'?");
            await Console.Error.WriteLineAsync($"Try '{CommandPath(parsed)} --help'.");
            return ExitCodes.BadInput;
        }

        // Signals and exceptions are handled here: the library would cut a cancelled run short after two seconds.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration);
    }

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand(
            "Measures how to run work on Azure Functions: threads, async, child processes, a queue, or a Durable fan-out.");
        foreach (Option option in CommonOptions.All)
            root.Options.Add(option);
        foreach (Command command in (Command[])
        [
            RunCommand.Create(),
            ResumeCommand.Create(),
            SweepCommand.Create(),
            ClaimsCommand.Create(),
            ServeCommand.Create(),
            SubmitCommand.Create(),
            ListCommand.Create(),
            ShowCommand.Create(),
            ReportCommand.Create(),
            ExportCommand.Create(),
            CompareCommand.Create(),
            SchemaCommand.Create(),
            DeleteCommand.Create(),
            CleanCommand.Create(),
            PricesCommand.Create(),
        ])
            root.Subcommands.Add(command);
        CommandHelp.AddTo(root);
        CommandHelp.AddExamples(
            root,
            ("sconc run", "Which model is the fastest here, for CPU-bound and for I/O-bound work."),
            ("sconc run --help", "Options, models, workloads and examples of a command."),
            ("sconc list", "What was measured before."));
        return root;
    }

    /// <summary>What may have been meant by words that nobody knows: a command, an option, or one of the values of an option.</summary>
    private static IEnumerable<string> Meant(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        IEnumerable<Symbol> symbols = [.. command.Subcommands, .. command.Options, .. parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)];
        string[] names = [.. symbols.Where(symbol => !symbol.Hidden).Select(symbol => symbol.Name)];
        string[] words =
        [
            .. parsed.Tokens.Where(token => token.Type == TokenType.Argument && token.Value.StartsWith('-')).Select(token => token.Value.Split('=')[0]),
            .. parsed.UnmatchedTokens,
        ];
        return words.Select(word => Suggestion.For(word, names))
            .Concat(parsed.Errors.Select(error => error.SymbolResult).OfType<OptionResult>().SelectMany(
                result => result.Tokens.Select(token => Suggestion.For(token.Value, result.Option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)))))
            .OfType<string>();
    }

    private static string CommandPath(ParseResult parsed)
    {
        string program = parsed.RootCommandResult.Command.Name;
        return parsed.CommandResult.Command is RootCommand ? program : $"{program} {parsed.CommandResult.Command.Name}";
    }
}
