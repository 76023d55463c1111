using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Rendering;

/// <summary>How an experiment or a sweep ended, for people or as JSON, and the exit code that stands for it.</summary>
internal static class OutcomeView
{
    public static int Write(CliContext context, MeasurementDocument document, Exception? failure) => Write(
        context, document, ExperimentView.Write, failure, ExperimentView.FolderOf(context, document), document.Status, StatusText.IsSound(document));

    /// <summary>The same of what was measured here, whose files may have been removed meanwhile.</summary>
    public static int WriteMeasured(CliContext context, MeasurementDocument document, Exception? failure)
    {
        int exitCode = Write(context, document, failure);
        string folder = ExperimentView.FolderOf(context, document);
        string[] missing = [.. ResultsFolder.FilesOf(document).Where(file => !File.Exists(Path.Combine(folder, file)))];
        // Where something failed, that says why.
        if (failure is null && missing.Length > 0)
            context.Note($"In {folder} there is no {string.Join(" and no ", missing)}: removed while it was measured");
        return exitCode;
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
            if (Directory.Exists(kept))
                context.Note($"What was measured is in {kept}");
            else if (failure is IOException or UnauthorizedAccessException)
                context.Note("No file was written. Work in a folder you may write to, or name one with --out");
            return code;
        }

        if (context.Json)
            context.WriteJson(document);
        return status == ExperimentStatus.Cancelled ? ExitCodes.Cancelled : isValid ? ExitCodes.Success : ExitCodes.Failed;
    }
}
