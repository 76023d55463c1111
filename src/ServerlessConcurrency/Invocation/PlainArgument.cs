using System.CommandLine;

namespace ServerlessConcurrency.Invocation;

internal static class PlainArgument
{
    /// <summary>Refuses what looks like an option and is none, which would else be taken for a file or an id.</summary>
    public static Argument<T> RefuseOptions<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] text }, ..])
                result.AddError($"Unknown option '{text}'.");
        });
        return argument;
    }
}
