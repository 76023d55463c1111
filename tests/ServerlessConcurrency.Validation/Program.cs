using System.Globalization;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Validation;
using ServerlessConcurrency.Workers;
using ServerlessConcurrency.Workers.Processes;
using Spectre.Console;

// Puts the method of measurement to the test. Arguments: names of checks (all unless given), --seed N (42 unless given).
// Exit code 1 where a promise is not kept.
if (args is [WorkerLaunch.Command])
    return WorkerProgram.Run(EveryWorkload.Create, WallTimeCheck.WorkerRole());

Check[] all =
[
    new SimulatedTruthCheck(), new ScalabilityCheck(), new PlantedClockCheck(), new WallTimeCheck(), new SameModelCheck(), new PlantedTruthCheck(), new VersionsCheck(), new RecommendationCheck(),
];
long seed = 42;
int option = Array.IndexOf(args, "--seed");
string[] names = [.. args.Where((_, place) => option < 0 || (place != option && place != option + 1))];
if ((option >= 0 && !long.TryParse(args.ElementAtOrDefault(option + 1), CultureInfo.InvariantCulture, out seed))
    || !Array.TrueForAll(names, name => Array.Exists(all, check => check.Name == name)))
{
    await Console.Error.WriteLineAsync($"usage: [--seed N] [{string.Join("] [", all.Select(check => check.Name))}]");
    return 2;
}

var table = new Table { Border = TableBorder.Markdown };
table.AddColumns("Check", "What", "Promised", "Found", "");
bool holds = true;
foreach (Check check in all.Where(check => names.Length == 0 || names.Contains(check.Name)))
{
    await Console.Error.WriteLineAsync($"{check.Name}: {check.Subject}");
    foreach (Outcome outcome in await check.RunAsync(seed, new Lines()))
    {
        holds &= outcome.Holds;
        table.AddRow(new Text(check.Name), new Text(outcome.What), new Text(outcome.Promise), new Text(outcome.Found), new Text(outcome.Holds ? "holds" : "BROKEN"));
    }
}

IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
console.Profile.Width = Math.Max(console.Profile.Width, 160);
console.Write(table);
return holds ? 0 : 1;

internal sealed class Lines : IProgress<string>
{
    public void Report(string value) => Console.Error.WriteLine($"  {value}");
}
