namespace ServerlessConcurrency;

/// <summary>Work that a class of workloads does once in every process, after it was constructed and before its first task.</summary>
public interface IWorkloadSetup
{
    /// <summary>Gets ready. It is not measured, except where a spec asks for cold starts.</summary>
    /// <param name="cancellationToken">The experiment was cancelled.</param>
    /// <returns>A task that ends when it is ready.</returns>
    Task SetupAsync(CancellationToken cancellationToken);
}
