using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ServerlessConcurrency.FunctionsHosts;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Connections;

Option<int> hosts = Whole("--hosts", "How many hosts, 1 to 32", byDefault: 1);
Option<int> port = Whole("--port", "The port of the first; the others follow", byDefault: 7071);
var connection = new Option<string>("--connection")
{
    Description = "Where they store: auto (find or start Azurite) or a connection string",
    DefaultValueFactory = _ => StorageConnection.Auto,
};
var workloads = new Option<string?>("--workloads") { Description = "A project with methods marked [Workload], which the app is built with" };
var command = new RootCommand("Runs the Functions app on several hosts of this machine that share a task hub, until Ctrl+C.") { hosts, port, connection, workloads };
command.SetAction(async (parsed, _) =>
{
    using var stop = new CancellationTokenSource();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    try
    {
        await RunAsync(parsed.GetValue(hosts), parsed.GetValue(port), parsed.GetRequiredValue(connection), parsed.GetValue(workloads), stop.Token);
        return 0;
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        return 0;
    }
    catch (Exception exception) when (
        exception is FileNotFoundException or InvalidOperationException or TimeoutException
            or ServerlessConcurrency.Core.Documents.StorageUnavailableException or StorageConnectionException)
    {
        await Console.Error.WriteLineAsync($"error: {exception.Message}");
        return 1;
    }

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
});
ParseResult arguments = command.Parse(args);
// Before anything is built.
string[] mistakes = arguments.Errors.Count > 0
    ? [.. arguments.Errors.Select(error => error.Message)]
    : [.. HostFleetOptions.Mistakes(arguments.GetValue(hosts), arguments.GetValue(port))];
foreach (string mistake in mistakes)
    await Console.Error.WriteLineAsync($"error: {mistake}");
return mistakes.Length > 0 ? 2 : await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static Option<int> Whole(string name, string description, int byDefault) => new(name)
{
    Description = description,
    DefaultValueFactory = _ => byDefault,
    CustomParser = result =>
    {
        string text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            result.AddError($"{name}: '{text}' is no whole number");
        return value;
    },
};

static async Task RunAsync(int hosts, int port, string connection, string? workloads, CancellationToken stop)
{
    string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));
    string func = FuncTool.Find(root);
    foreach (int taken in Enumerable.Range(port, hosts).Where(candidate => !HostFleet.IsFree(candidate)))
        throw new InvalidOperationException($"port {taken} is in use: choose others with --port");
    await using StorageConnection storage = await StorageConnection.OpenAsync(
        connection, log: new Progress<string>(Console.WriteLine), cancellationToken: stop);
    await storage.Account.Tables.GetPropertiesAsync(stop);
    Console.WriteLine("Building the Functions app. It takes a minute or two the first time.");
    string app = await FunctionsApp.BuildAsync(root, workloads is null ? null : Path.GetFullPath(workloads), stop);
    var options = new HostFleetOptions
    {
        Func = func,
        AppFolder = app,
        Hosts = hosts,
        FirstPort = port,
        StorageConnection = storage.Account.Connection,
        Log = Console.WriteLine,
    };
    await FunctionsApp.CheckSettingsAsync(app, FunctionsHost.Settings(port, options), stop);
    Console.WriteLine($"Starting {Count(hosts)}.");
    await using HostFleet fleet = await HostFleet.StartAsync(options, stop);
    string endpoint = fleet.Hosts[0].Address.ToString().TrimEnd('/');
    Console.WriteLine($"{Count(hosts)} {(hosts == 1 ? "is" : "are")} ready: {string.Join(", ", fleet.Hosts.Select(host => host.Address))}");
    Console.WriteLine($"Submit an experiment: dotnet run --project src/ServerlessConcurrency.Cli -- submit SPEC.json --endpoint {endpoint}");
    await fleet.KeepAliveAsync(Console.WriteLine, stop);
}

static string Count(int hosts) => hosts == 1 ? "1 host" : $"{hosts} hosts";

static string ThisFile([CallerFilePath] string path = "") => path;
