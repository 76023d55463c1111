using System.CommandLine;
using System.CommandLine.Parsing;
using ServerlessConcurrency.Cli.Commands;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Cli;

/// <summary>The command line: finds the command and runs it.</summary>
internal static class CliApplication
{
    public static async Task<int> RunAsync(string[] args)
    {
        PinnedProgram.Recognize();
        RootCommand root = CreateRoot();
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
                await Console.Error.WriteLineAsync($"error: {error.Message}");
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
            SweepCommand.Create(),
            ClaimsCommand.Create(),
            ServeCommand.Create(),
            SubmitCommand.Create(),
            ListCommand.Create(),
            ShowCommand.Create(),
            ReportCommand.Create(),
            ExportCommand.Create(),
            CompareCommand.Create(),
            DeleteCommand.Create(),
            PricesCommand.Create(),
            WorkerCommand.Create(),
        ])
            root.Subcommands.Add(command);
        return root;
    }

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "sconc" : $"sconc {parsed.CommandResult.Command.Name}";
}
