namespace ServerlessConcurrency.Invocation;

/// <summary>The folder that the program was started in, where relative paths begin.</summary>
internal static class WorkingFolder
{
    /// <summary>Why it cannot be used; null where it can.</summary>
    public static string? Mistake
    {
        get
        {
            try
            {
                _ = Directory.GetCurrentDirectory();
                return null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return "the working folder does not exist any more; change into one that does";
            }
        }
    }
}
