using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Help;
using ServerlessConcurrency.Rendering;
using ServerlessConcurrency.Specs;
using ServerlessConcurrency.Submit;
using Spectre.Console;

namespace ServerlessConcurrency.Commands;

/// <summary><c>sconc submit</c>: an experiment on a server, a Functions app or <c>serve</c>, shown and kept as <c>run</c> does.</summary>
internal static class SubmitCommand
{
    private static readonly Argument<string?> SpecPath = SpecSource.PathArgument();

    private static readonly Option<string> Endpoint = new("--endpoint", "-e")
    {
        HelpName = "URL",
        Description = "The server's address, e.g. http://127.0.0.1:7171 or https://NAME.azurewebsites.net",
        Required = true,
    };

    private static readonly Option<string?> Key = new("--key")
    {
        HelpName = "KEY",
        Description = $"The function key; better in the environment variable {ServerEndpoint.KeyVariable}, where nobody sees it",
    };

    private static readonly Option<string?> Id = new("--id") { HelpName = "ID", Description = "Follow this experiment instead of starting one" };

    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var command = new Command("submit", "Runs an experiment on a server, shows the results and writes the same files as run")
        {
            SpecPath, Endpoint, Key, Id,
        };
        SpecOptions.AddTo(command);
        PriceOption.AddTo(command);
        CommandAction.Set(command, RunAsync, interruptionNote: null);
        CommandHelp.LeaveOutStorage(command);
        CommandHelp.AddExamples(
            command,
            ("sconc submit spec.json --endpoint https://NAME.azurewebsites.net", "A spec file on a Functions app."),
            ("sconc submit --id ID --endpoint http://127.0.0.1:7171", "Follows an experiment that was started before."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext context, CancellationToken cancellationToken)
    {
        ServerEndpoint endpoint = ServerEndpoint.Parse(parsed.GetRequiredValue(Endpoint), parsed.GetValue(Key));
        if (parsed.GetResult(Key) is not null)
            context.Note($"Other users of this machine see the key in --key in the list of processes: put it into the environment variable {ServerEndpoint.KeyVariable} instead.");
        TimeSpan patience = context.Patience ?? UsualPatience;
        string? path = parsed.GetValue(SpecPath);
        string? attachTo = parsed.GetValue(Id);
        if (attachTo is not null && (path is not null || SpecOptions.AnyGiven(parsed)))
            throw BadInputException.OfOption("--id", "follows an experiment that has its spec already; leave out the spec and its fields, or this option");
        PriceList? prices = PriceOption.Read(parsed, context);
        JsonObject? spec = attachTo is null ? SpecSource.ReadJson(path, parsed, rules: null) : null;
        string id = attachTo is null ? ExperimentId.Create(TimeProvider.System.GetUtcNow()) : StoredExperiment.Checked(context, attachTo);
        OutFolder.Prepare(context.ResultsPath);

        using var client = new ServerClient(
            endpoint, new Patience(patience, TimeProvider.System, context.Note));
        var experiment = new RemoteExperiment(client, id, TimeProvider.System);
        try
        {
            if (spec is not null)
                await client.StartAsync(id, spec, SpecSource.NameOf(path, parsed), cancellationToken);
            MeasurementDocument document = await ProgressDisplay.WhileAsync(
                context, progress => experiment.FollowAsync(progress, cancellationToken));
            return await ConcludeAsync(context, experiment, document, prices, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await InterruptAsync(context, endpoint, experiment, prices);
        }
        catch (ServerException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            throw new BadInputException("the server", [new SpecError("", exception.Message)]);
        }
        catch (ServerException)
        {
            if (client.HasSent || attachTo is not null)
                TellHowToFind(endpoint, id, "It may still be there.");
            else
                await Console.Error.WriteLineAsync("Nothing was sent.");
            throw;
        }
    }

    // Only a person can say whether the experiment is to be ended; a second Ctrl+C ends the program at once.
    private static async Task<int> InterruptAsync(
        CliContext context, ServerEndpoint endpoint, RemoteExperiment experiment, PriceList? prices)
    {
        bool canAsk = context.Error.Profile.Capabilities.Interactive && !Console.IsInputRedirected;
        var question = new ConfirmationPrompt($"Cancel {experiment.Id} on the server? What was measured is kept.") { DefaultValue = false };
        if (!canAsk || !await context.Error.PromptAsync(question))
        {
            TellHowToFind(endpoint, experiment.Id, "It is left running.");
            return ExitCodes.Cancelled;
        }

        MeasurementDocument document = await ProgressDisplay.WhileAsync(
            context, progress => experiment.CancelAsync(progress, CancellationToken.None));
        return await ConcludeAsync(context, experiment, document, prices, CancellationToken.None);
    }

    private static async Task<int> ConcludeAsync(
        CliContext context,
        RemoteExperiment experiment,
        MeasurementDocument document,
        PriceList? prices,
        CancellationToken cancellationToken)
    {
        document = PriceOption.Apply(prices, document);
        Exception? failure = document.Status == ExperimentStatus.Failed
            ? new ServerException(document.Error ?? "the experiment failed", status: null)
            : null;
        try
        {
            await experiment.WriteFilesAsync(context.ResultsPath, document, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure ??= new IOException($"the files could not be written, but the experiment is on the server: {exception.Message}", exception);
        }

        return OutcomeView.Write(context, document, failure);
    }

    // Not by way of the console of Spectre, which would break a long line that is to be copied.
    private static void TellHowToFind(ServerEndpoint endpoint, string id, string state)
    {
        Console.Error.WriteLine();
        Console.Error.WriteLine($"{state} To follow it again: {CommandHelp.OfProgram("sconc submit")} --id {id} --endpoint {endpoint}");
    }
}
