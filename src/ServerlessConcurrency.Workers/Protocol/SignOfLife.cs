namespace ServerlessConcurrency.Workers.Protocol;

/// <summary>The frames by which a parent finds out whether its child listens. Both are without contents.</summary>
internal static class SignOfLife
{
    /// <summary>From the parent: answer at once, whatever else is to be done.</summary>
    public const byte Ask = 3;

    /// <summary>From the child, as an answer or by itself.</summary>
    public const byte Given = 4;
}
