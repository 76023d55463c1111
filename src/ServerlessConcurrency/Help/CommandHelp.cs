using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Rendering;
using Spectre.Console;

namespace ServerlessConcurrency.Help;

/// <summary>What <c>--help</c> shows below usage and options: the work that can be named, and examples.</summary>
internal sealed class CommandHelp(HelpAction usage) : SynchronousCommandLineAction
{
    private static readonly Dictionary<Command, (string CommandLine, string Does)[]> Examples = [];
    private static readonly HashSet<Command> NamingWork = [];
    private static readonly HashSet<Command> WithoutStorage = [];

    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new CommandHelp((HelpAction)option.Action!);
    }

    public static void AddExamples(Command command, params (string CommandLine, string Does)[] examples) => Examples[command] = examples;

    /// <summary>Lists the models and workloads with a command that takes their names.</summary>
    public static void ListWork(Command command) => NamingWork.Add(command);

    /// <summary>Leaves out the options that name a storage with a command that opens none.</summary>
    public static void LeaveOutStorage(Command command) => WithoutStorage.Add(command);

    /// <summary>A command as it is typed here: a program of somebody's own has another name than <c>sconc</c>.</summary>
    public static string OfProgram(string commandLine) => commandLine.Replace("sconc", RootCommand.ExecutableName, StringComparison.Ordinal);

    /// <summary>Who asks for help need not give what the command requires.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        IAnsiConsole console = CliContext.CreateOut(noColor: true);
        Command command = parseResult.CommandResult.Command;
        CommonOptions.Connection.Hidden = CommonOptions.StoragePrefix.Hidden = WithoutStorage.Contains(command);
        usage.MaxWidth = console.Profile.Width;
        usage.Invoke(parseResult);
        if (NamingWork.Contains(command))
        {
            console.WriteLine("Models:");
            console.WriteIndented(new Text(string.Join(", ", KnownModels.All.Select(model => model.Id))));
            console.WriteLine();
            console.WriteLine("Workloads, as KIND:SIZE:TASKS, and what their size is:");
            IReadOnlyList<Workload> workloads = OwnCodeOption.Workloads(parseResult, out string? missing);
            foreach (Workload workload in workloads)
                console.WriteIndented(TextLayout.Columns(workloads.Max(each => each.Kind.Length)).AddRow(workload.Kind, workload.SizeUnit));
            if (missing is not null)
                console.WriteIndented(new Text(missing));
            console.WriteLine();
        }

        console.WriteLine("Examples:");
        foreach ((string commandLine, string does) in Examples[command])
        {
            console.WriteIndented(new Text(OfProgram(commandLine)));
            console.WriteIndented(new Text(does), by: 4);
        }

        console.WriteLine();
        return ExitCodes.Success;
    }
}
