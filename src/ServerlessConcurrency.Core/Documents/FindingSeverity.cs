namespace ServerlessConcurrency.Core.Documents;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>The figures cannot be taken at face value, or something went wrong.</summary>
    Warning,
}
