using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Invocation;

/// <summary>What the user gave cannot be used: every mistake, each with its field.</summary>
/// <param name="source">What has the mistakes, e.g. the spec's path.</param>
internal sealed class BadInputException(string source, IReadOnlyList<SpecError> errors) : Exception($"{source}: {errors[0]}")
{
    public static BadInputException OfOption(string option, string message) => new("the command line", [new SpecError(option, message)]);

    public IReadOnlyList<SpecError> Errors { get; } = errors;

    public string Input { get; } = source;
}
