using System.CommandLine;
using Azure;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Storage.Accounts;
using Spectre.Console;

namespace ServerlessConcurrency.Invocation;

/// <summary>What every command is carried out with: the context, the handling of Ctrl+C, and an exit code for every exception.</summary>
internal static class CommandAction
{
    /// <param name="interruptionNote">What the first Ctrl+C tells; null: nothing.</param>
    public static void Set(
        Command command,
        Func<ParseResult, CliContext, CancellationToken, Task<int>> action,
        string? interruptionNote = Interruption.Stopping) =>
        command.SetAction(async (parsed, _) =>
        {
            bool hasEvents = parsed.GetValue(CommonOptions.Events) is not null;
            using SignOfLife? alive = hasEvents ? new SignOfLife() : null;
            // Who reads events has told people already.
            using var interruption = new Interruption(hasEvents ? null : interruptionNote);
            var context = new CliContext(parsed, interruption);
            try
            {
                return WorkingFolder.Mistake is { } mistake ? throw new IOException(mistake) : await action(parsed, context, interruption.Token);
            }
            catch (Exception exception)
            {
                return exception is OperationCanceledException && interruption.Token.IsCancellationRequested
                    ? ExitCodes.Cancelled
                    : Report(exception, context);
            }
        });

    public static int Report(Exception exception, CliContext context)
    {
        IReadOnlyList<SpecError> errors = exception is BadInputException input
            ? input.Errors
            : [new SpecError("", MessageOf(exception))];
        if (context.Json)
            TryWriteJson(new { Errors = errors }, context);
        if (context.HasEvents)
            return ExitCodeOf(exception);
        if (exception is BadInputException { Errors.Count: > 1 } many)
        {
            context.Error.MarkupLineInterpolated($"[red]error:[/] {errors.Count} mistakes in {many.Input}:");
            // Not by way of the console of Spectre, which would break a line that is longer than the window.
            foreach (SpecError error in errors)
                Console.Error.WriteLine($"  {VisibleText.Of(error.ToString())}");
        }
        else
        {
            context.Error.Write(new Text("error: ", new Style(Color.Red)));
            context.Error.WriteLine(MessageOf(exception));
        }

        if (context.Verbose)
            context.Error.WriteLine(exception.ToString());
        return ExitCodeOf(exception);
    }

    // Standard output may be what failed.
    private static void TryWriteJson<T>(T value, CliContext context)
    {
        try
        {
            context.WriteJson(value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Standard error tells it.
        }
    }

    // What the SDK says of a refused request has twenty lines.
    private static string MessageOf(Exception exception)
    {
        if (exception is not RequestFailedException refused)
            return FailureText.Of(exception);
        string? code = refused.ErrorCode;
        if (code is null)
            refused.GetRawResponse()?.Headers.TryGetValue("x-ms-error-code", out code);
        return $"the storage answered {refused.Status} {code}: {refused.Message.Split('\n', 2)[0].Trim()}";
    }

    private static int ExitCodeOf(Exception exception) => exception switch
    {
        BadInputException or StorageConnectionException or OwnCodeException => ExitCodes.BadInput,
        StorageUnavailableException or RequestFailedException => ExitCodes.StorageNotReachable,
        _ => ExitCodes.Failed,
    };
}
