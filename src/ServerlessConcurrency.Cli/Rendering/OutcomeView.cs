using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>How an experiment ended, for people or as JSON, and the exit code that stands for it.</summary>
internal static class OutcomeView
{
    /// <summary>Shows it.</summary>
    public static int Write(CliContext context, ExperimentOutcome outcome)
    {
        ExperimentDocument document = outcome.Document;
        if (context.Json && outcome.Failure is null)
            CliContext.WriteJson(document);
        else if (!context.Json)
            ExperimentView.Write(context, document);
        if (outcome.Failure is not null)
        {
            int code = CliApplication.Report(outcome.Failure, context, cancelled: false);
            context.Note($"What was measured is in {ExperimentView.FolderOf(context, document)}");
            return code;
        }

        return document.Status == ExperimentStatus.Cancelled ? ExitCodes.Cancelled
            : document.Runs.All(run => run.IsValid) && !HasFailedClaim(document) ? ExitCodes.Success
            : ExitCodes.Failed;
    }

    private static bool HasFailedClaim(ExperimentDocument document) =>
        (document.Claims ?? []).Any(claim => claim.Sides.Any(side => side.Evidence.Failed));
}
