using System.CommandLine;
using System.CommandLine.Parsing;
using ServerlessConcurrency.Cli.Commands;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Pinning;
using Spectre.Console;

namespace ServerlessConcurrency.Cli;

/// <summary>The command line: finds the command, runs it, and turns every failure into a message and an exit code.</summary>
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

    /// <summary>Gives a command its action: the context, the handling of Ctrl+C, and an exit code for every exception.</summary>
    /// <param name="interruptionNote">What the first Ctrl+C tells; null: nothing.</param>
    public static void SetAction(
        Command command,
        Func<ParseResult, CliContext, CancellationToken, Task<int>> action,
        string? interruptionNote = Interruption.Stopping) =>
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption(interruptionNote);
            var context = new CliContext(parsed, interruption);
            try
            {
                return await action(parsed, context, interruption.Token);
            }
            catch (Exception exception)
            {
                return Report(exception, context, interruption.Token.IsCancellationRequested);
            }
        });

    /// <summary>Tells the user of a failure.</summary>
    public static int Report(Exception exception, CliContext context, bool cancelled)
    {
        if (exception is OperationCanceledException && cancelled)
            return ExitCodes.Cancelled;
        IReadOnlyList<SpecError> errors = exception is BadInputException input
            ? input.Errors
            : [new SpecError("", exception.Message)];
        if (context.Json)
            CliContext.WriteJson(new { Errors = errors });
        if (exception is BadInputException { Errors.Count: > 1 } many)
        {
            context.Error.MarkupLineInterpolated($"[red]error:[/] {many.Input} has {errors.Count} mistakes:");
            // Not by way of the console of Spectre, which would break a line that is longer than the window.
            foreach (SpecError error in errors)
                Console.Error.WriteLine($"  {error}");
        }
        else
        {
            context.Error.Write(new Text("error: ", new Style(Color.Red)));
            context.Error.WriteLine(exception.Message);
        }

        if (context.Verbose)
            context.Error.WriteLine(exception.ToString());
        return exception switch
        {
            BadInputException or StorageConnectionException => ExitCodes.BadInput,
            StorageUnavailableException => ExitCodes.StorageNotReachable,
            _ => ExitCodes.Failed,
        };
    }

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand(
            "Measures how to run work on Azure Functions: threads, async, child processes, a queue, or a Durable fan-out.");
        foreach (Option option in CommonOptions.All)
            root.Options.Add(option);
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(SweepCommand.Create());
        root.Subcommands.Add(ClaimsCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(SubmitCommand.Create());
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(ShowCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(CompareCommand.Create());
        root.Subcommands.Add(DeleteCommand.Create());
        root.Subcommands.Add(WorkerCommand.Create());
        return root;
    }

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "sconc" : $"sconc {parsed.CommandResult.Command.Name}";
}
