namespace ServerlessConcurrency.Claims.Tests;

/// <summary>A test of CPython with several inputs.</summary>
internal sealed class ClaimTheoryAttribute : TheoryAttribute
{
    public override string? Skip
    {
        get => base.Skip ?? Requirement.WhyNot(processors: 1);
        set => base.Skip = value;
    }
}
