namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>Text that a user or a failing process might supply.</summary>
internal static class HostileText
{
    /// <summary>A script, both quotes, an entity, a table separator, a link, a control character and half a surrogate pair.</summary>
    public const string Value = "<script>alert('x')</script>\"&amp;| [a](https://b.example) \u0001\n\ud800 end";
}
