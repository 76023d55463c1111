using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using ServerlessConcurrency.Api.Hosting;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Pinning;
using ServerlessConcurrency.Specs;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc serve</c>: the HTTP API and the dashboard on the local engine, for this machine only.</summary>
internal static class ServeCommand
{
    private static readonly NumberOption<int> Port = new("--port", low: 0, high: 65_535)
    {
        HelpName = "N",
        Description = "The port on the loopback interface, 0 to 65,535; 0: any free one",
        DefaultValueFactory = _ => "7171",
    };

    public static Command Create()
    {
        var command = new Command("serve", "Serves the dashboard and the HTTP API on this machine until Ctrl+C; experiments run one at a time") { Port };
        OwnCodeOption.AddTo(command);
        LocalCommand.Set(command, ReadAsync, RunAsync, "Stopping; what was measured is kept, what waits is cancelled. Once more to quit at once.");
        CommandHelp.AddExamples(
            command,
            ("sconc serve", "The dashboard on http://127.0.0.1:7171, and the HTTP API."),
            ("sconc serve --port 0 --connection none", "On any free port, files only."));
        return command;
    }

    private static Task<(int Port, PriceList? Prices)> ReadAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken) =>
        Task.FromResult((Port.Read(parsed)!.Value, PriceOption.ReadRefreshed(context)));

    private static async Task<int> RunAsync(
        (int Port, PriceList? Prices) input, CliContext context, StorageSession storage, CancellationToken cancellationToken)
    {
        await using var engine = new LocalExperimentEngine(
            SpecSource.LocalRules(context, parsed: null, path: null),
            storage.Store,
            context.ResultsPath,
            (document, progress, token) =>
            {
                ChildProcesses.Announce(context, document.Spec);
                return LocalEngine.MeasureAsync(document.Id, document.Spec, input.Prices, context.OwnCode, failAbove: null, storage, progress, token);
            },
            storage.CheckAsync,
            TimeProvider.System,
            context.Note);
        await using LocalApiServer server = await ListenAsync(context, storage.Store, engine, input.Port, cancellationToken);
        Announce(context, server.Address);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The engine first: whoever follows an experiment can still read how it ended.
        await engine.StopAsync();
        return ExitCodes.Success;
    }

    private static async Task<LocalApiServer> ListenAsync(
        CliContext context, IExperimentStore store, LocalExperimentEngine engine, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalApiServer.StartAsync(
                store, engine, port, TimeProvider.System, fault => Console.Error.WriteLine(fault), cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new IOException($"port {port} is in use; choose another with --port, or 0 for any that is free", exception);
        }
        catch (SocketException exception)
        {
            throw new IOException($"port {port} cannot be used ({exception.Message}); choose another with --port", exception);
        }
    }

    private static void Announce(CliContext context, Uri address)
    {
        string url = address.GetLeftPart(UriPartial.Authority);
        // Not by way of the console of Spectre, which would break a long line.
        Console.Out.WriteLine(context.Json ? JsonSerializer.Serialize(new { url }, ExperimentJson.Compact) : $"Listening on {url}");
        Console.Out.Flush();
        context.Note($"The dashboard is there; GET {url}/api/openapi.json describes the API. Ctrl+C ends it.");
    }
}
