namespace ServerlessConcurrency.Core.Findings;

/// <summary>The models that spread tasks over processes.</summary>
internal static class FanOutModels
{
    private static readonly string[] Ids = ["processes", "queue", "durable", "durable-batch"];

    /// <summary>Whether a model is one of them.</summary>
    public static bool Contains(string model) => Ids.Contains(model);
}
