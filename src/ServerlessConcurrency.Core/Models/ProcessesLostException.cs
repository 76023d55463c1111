namespace ServerlessConcurrency.Core.Models;

/// <summary>Process after process of a model died in a run without finishing a task. The model can carry out other runs.</summary>
public sealed class ProcessesLostException(string message) : Exception(message);
