using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>How an experiment ended, for people or as JSON, and the exit code that stands for it.</summary>
internal static class OutcomeView
{
    /// <summary>Shows it.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(CliContext context, MeasurementDocument document, Exception? failure)
    {
        if (context.Json && failure is null)
            CliContext.WriteJson(document);
        else if (!context.Json)
            ExperimentView.Write(context, document);
        if (failure is not null)
        {
            int code = CliApplication.Report(failure, context, cancelled: false);
            context.Note($"What was measured is in {ExperimentView.FolderOf(context, document)}");
            return code;
        }

        return document.Status == ExperimentStatus.Cancelled ? ExitCodes.Cancelled
            : IsSound(document) ? ExitCodes.Success
            : ExitCodes.Failed;
    }

    private static bool IsSound(MeasurementDocument document) => document switch
    {
        ExperimentDocument experiment => experiment.Runs.All(run => run.IsValid),
        ClaimsDocument claims => !claims.Claims.Any(claim => claim.Sides.Any(side => side.Evidence.Failed)),
        _ => true,
    };
}
