namespace ServerlessConcurrency.Pinning;

/// <summary>Passes the storage on to the pinned program by its environment: on a command line everybody would see the key.</summary>
internal static class PinnedConnection
{
    public static IReadOnlyDictionary<string, string> Of(CliContext context) =>
        new Dictionary<string, string> { [CommonOptions.ConnectionVariable] = context.Connection };

    /// <summary>The arguments without <c>--connection</c>.</summary>
    public static IReadOnlyList<string> LeaveOut(IReadOnlyList<string> arguments)
    {
        string name = CommonOptions.Connection.Name;
        return [.. arguments.Where((argument, index) =>
            argument != name
            && !argument.StartsWith(name + "=", StringComparison.Ordinal)
            && !argument.StartsWith(name + ":", StringComparison.Ordinal)
            && (index == 0 || arguments[index - 1] != name))];
    }
}
