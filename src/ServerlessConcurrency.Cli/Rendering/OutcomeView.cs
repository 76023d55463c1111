using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>How an experiment or a sweep ended, for people or as JSON, and the exit code that stands for it.</summary>
internal static class OutcomeView
{
    public static int Write(CliContext context, ExperimentOutcome outcome)
    {
        ExperimentDocument document = outcome.Document;
        bool isValid = document.Runs.All(run => run.IsValid)
            && !(document.Claims ?? []).Any(claim => claim.Sides.Any(side => side.Evidence.Failed));
        return Write(
            context, document, ExperimentView.Write, outcome.Failure, ExperimentView.FolderOf(context, document), document.Status, isValid);
    }

    /// <param name="kept">Where people find what was measured in spite of a failure.</param>
    public static int Write<T>(
        CliContext context, T document, Action<CliContext, T> show, Exception? failure, string kept, ExperimentStatus status, bool isValid)
    {
        if (!context.Json)
            show(context, document);
        if (failure is not null)
        {
            int code = CommandAction.Report(failure, context);
            context.Note($"What was measured is in {kept}");
            return code;
        }

        if (context.Json)
            CliContext.WriteJson(document);
        return status == ExperimentStatus.Cancelled ? ExitCodes.Cancelled : isValid ? ExitCodes.Success : ExitCodes.Failed;
    }
}
