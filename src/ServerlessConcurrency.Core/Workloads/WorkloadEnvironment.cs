namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// Where I/O-bound workloads find what they talk to. The engine fills it in before the first run and hands it to every
/// child process, so that all hosts talk to the same server, folder and storage account.
/// </summary>
public sealed class WorkloadEnvironment
{
    /// <summary>The address of the loopback HTTP server that the <c>http</c> workload calls; null where none was started.</summary>
    public Uri? HttpServer { get; set; }

    /// <summary>The assemblies with users' workloads, absolute paths; a process loads them when it first needs a workload.</summary>
    public IReadOnlyList<string> Assemblies { get; set; } = [];

    /// <summary>The assembly with the version of these workloads that they are measured against, an absolute path; null: none.</summary>
    public string? Against { get; set; }

    /// <summary>The folder in which the <c>file</c> workload writes; each task deletes its own file.</summary>
    public string FileFolder { get; set; } = Path.GetTempPath();

    /// <summary>The connection the <c>blob</c> workload uses: a connection string or an account name; null without storage.</summary>
    public string? StorageConnection { get; set; }

    /// <summary>The prefix of every name in the storage account; may be empty.</summary>
    public string StoragePrefix { get; set; } = "";

    /// <summary>For how many seconds a call to the storage that fails is tried again; null: as long as the storage's own default.</summary>
    public double? StoragePatienceSeconds { get; set; }
}
