namespace ServerlessConcurrency.Core.Wording;

/// <summary>What people are told of an exception.</summary>
public static class FailureText
{
    /// <summary>Its message; that of the runtime about too little memory tells nobody what to do.</summary>
    public static string Of(Exception exception) =>
        IsOfMemory(exception) ? "the program has too little memory; give it more, or measure fewer tasks" : exception.Message;

    /// <summary>Whether memory was short, be it inside of something else.</summary>
    public static bool IsOfMemory(Exception exception) => exception.GetBaseException() is OutOfMemoryException;
}
