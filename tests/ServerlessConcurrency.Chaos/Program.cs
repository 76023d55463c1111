using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using ServerlessConcurrency.Chaos;
using ServerlessConcurrency.Chaos.Faults;
using ServerlessConcurrency.FunctionsHosts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Tests;
using Spectre.Console;

// Does to the real program what happens to programs, at moments drawn from a seed, and looks whether what it has left is what docs/reliability.md promises.
Fault[] all =
[
    new ChildKilled(), new ChildStopped(), new EverythingStopped(), new EmulatorKilled(), new EmulatorStopped(), new ProgramEnded(), new ProgramKilled(),
    new DiskFull(), new MemoryShort(), new FilesFew(), new ClockSteps(), .. StorageFault.All,
    new HostKilled(), new HostStopped(), .. StorageFault.All.Select(fault => new HostsStorageFault(fault)),
];
var names = new Argument<string[]>("FAULT") { Description = "Which faults; all unless given", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. all.Select(fault => fault.Name)]);
var seedOption = new Option<int>("--seed") { Description = "What moments and experiments are drawn from", DefaultValueFactory = _ => 42 };
var schedulesOption = new Option<int>("--schedules") { Description = "How many schedules of each fault", DefaultValueFactory = _ => 100 };
var onlyOption = new Option<int?>("--only") { Description = "One schedule, by its number" };
var root = new RootCommand("Does to the real program what happens to programs, and looks at what it leaves. Needs Linux.") { names, seedOption, schedulesOption, onlyOption };
root.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(names)!, parsed.GetValue(seedOption), parsed.GetValue(schedulesOption), parsed.GetValue(onlyOption), cancellationToken));
// Interrupted, it tells of the schedules that have ended, once those under way have, too.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(10) });

async Task<int> RunAsync(string[] chosen, int seed, int schedules, int? only, CancellationToken cancellationToken)
{
    if (!OperatingSystem.IsLinux())
    {
        await Console.Error.WriteLineAsync("error: it sends signals and reads /proc, which needs Linux");
        return 2;
    }

    using var folder = new TemporaryFolder();
    await using AzuriteInstance emulator = await AzuriteInstance.AcquireOwnAsync(folder.Path, cancellationToken: cancellationToken);
    if (!await IsInspectionSoundAsync(seed, emulator.ConnectionString))
        return 1;
    var table = new Table { Border = TableBorder.Markdown };
    table.AddColumns("Fault", "What happens", "Schedules", "Struck", "Exit codes", "Runs", "Tasks", "Broken");
    bool holds = true;
    Fault[] faults = [.. all.Where(fault => chosen.Length == 0 || chosen.Contains(fault.Name))];
    (string Func, string App)? app = faults.Any(fault => fault.NeedsHosts) ? await FindAppAsync(cancellationToken) : null;
    foreach (Fault fault in faults)
    {
        if (fault.NeedsHosts && app is null)
            continue;
        if (fault.Lacks is { } missing)
        {
            await Console.Error.WriteLineAsync($"Without {fault.Name}: there is no {missing}");
            continue;
        }

        var outcomes = new ConcurrentBag<Outcome>();
        int[] numbers = only is { } one ? [one] : [.. Enumerable.Range(1, schedules)];
        // Most of the time each waits.
        int atOnce = Math.Min(numbers.Length, 2 * Environment.ProcessorCount);
        AppHosts[] hosts = [];
        try
        {
            if (fault.NeedsHosts)
                hosts = await AppHosts.StartAsync(atOnce, app!.Value.Func, app.Value.App, emulator.ConnectionString, cancellationToken);
            var idle = new ConcurrentBag<AppHosts>(hosts);
            await Parallel.ForEachAsync(
                numbers,
                new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
                async (number, _) =>
                {
                    if (idle.TryTake(out AppHosts? own))
                        await own.WaitUntilReadyAsync(cancellationToken);
                    Outcome outcome = await Schedule.RunAsync(fault, seed, number, emulator.ConnectionString, own);
                    if (own is not null)
                        idle.Add(own);
                    // A terminal interrupts what the schedule has started, too.
                    if (cancellationToken.IsCancellationRequested)
                        return;
                    outcomes.Add(outcome);
                    foreach (string broken in outcome.Broken)
                        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"BROKEN {fault.Name} --seed {seed} --only {number}: {broken}\n  {string.Join("\n  ", outcome.Journal)}"));
                });
        }
        catch (OperationCanceledException)
        {
            // What has ended is told.
        }
        finally
        {
            await Task.WhenAll(hosts.Select(each => each.DisposeAsync().AsTask()));
        }

        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{fault.Name}: {outcomes.Count} schedules, {outcomes.Count(outcome => outcome.Broken.Count > 0)} broken"));
        holds &= outcomes.All(outcome => outcome.Broken.Count == 0);
        table.AddRow(
            new Text(fault.Name),
            new Text(fault.Happens),
            new Text($"{outcomes.Count}"),
            new Text($"{outcomes.Count(outcome => outcome.IsStruck)}"),
            new Text(string.Join(", ", outcomes.CountBy(outcome => outcome.ExitCode).OrderBy(each => each.Key).Select(each => $"{each.Key}: {each.Value}"))),
            new Text($"{outcomes.Sum(outcome => outcome.Runs)}"),
            new Text($"{outcomes.Sum(outcome => outcome.Tasks)}"),
            new Text($"{outcomes.Count(outcome => outcome.Broken.Count > 0)}"));
        if (cancellationToken.IsCancellationRequested)
            break;
    }

    IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
    console.Profile.Width = Math.Max(console.Profile.Width, 180);
    console.Write(table);
    return holds ? 0 : 1;
}

// Whoever finds nothing broken must be able to.
static async Task<bool> IsInspectionSoundAsync(int seed, string connectionString)
{
    var missed = new ConcurrentBag<string>();
    await Parallel.ForEachAsync(Planted.All, new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount }, async (planted, _) =>
    {
        if ((await Schedule.RunAsync(planted, seed, number: 1, connectionString, hosts: null)).Broken.Count == 0)
            missed.Add(planted.Name);
    });
    await Console.Error.WriteLineAsync(missed.IsEmpty
        ? $"inspection: finds each of {Planted.All.Count} damages that were planted"
        : $"inspection: does not find that {string.Join(", that ", missed)}");
    return missed.IsEmpty;
}

async Task<(string Func, string App)?> FindAppAsync(CancellationToken cancellationToken)
{
    try
    {
        string func = FuncTool.Find(Repository.Root);
        return (func, await FunctionsApp.BuildAsync(Repository.Root, workloads: null, cancellationToken));
    }
    catch (FileNotFoundException exception)
    {
        await Console.Error.WriteLineAsync($"Without hosts of the Functions app: {exception.Message.Split('\n')[0]}");
        return null;
    }
}
