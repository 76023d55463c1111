namespace ServerlessConcurrency.Claims.Tests;

/// <summary>A test of a claim on both sides.</summary>
internal sealed class ClaimFactAttribute : FactAttribute
{
    /// <summary>How many processors it needs.</summary>
    public int Processors { get; set; } = 1;

    public override string? Skip
    {
        get => base.Skip ?? Requirement.WhyNot(Processors);
        set => base.Skip = value;
    }
}
