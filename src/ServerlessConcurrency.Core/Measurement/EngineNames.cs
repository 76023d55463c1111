namespace ServerlessConcurrency.Core.Measurement;

/// <summary>The names of the engines, as <see cref="EnvironmentInfo.Engine"/> has them.</summary>
public static class EngineNames
{
    /// <summary>This program runs the experiment itself; when it ends, so does the experiment.</summary>
    public const string Local = "local";

    /// <summary>An Azure Functions app runs it; Durable Functions takes it up again on whatever host there is.</summary>
    public const string AzureFunctions = "azure-functions";
}
