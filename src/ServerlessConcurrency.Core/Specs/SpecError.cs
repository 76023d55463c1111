namespace ServerlessConcurrency.Core.Specs;

/// <summary>One mistake in a spec.</summary>
/// <param name="Field">The field, e.g. <c>workloads[1].size</c>; empty where the whole document is meant.</param>
/// <param name="Message">What is wrong with it: the value, the bound or what is known.</param>
public sealed record SpecError(string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Field.Length == 0 ? Message : $"{Field}: {Message}";
}
