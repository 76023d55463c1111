using System.Globalization;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Workloads;

/// <summary>
/// Does nothing, but for one task: the size is its index, the seed how many of its first attempts get into trouble. Attempts
/// are counted by files in the environment's folder.
/// </summary>
/// <param name="kind">The workload's kind.</param>
/// <param name="environment">Tells the folder.</param>
/// <param name="trouble">What happens.</param>
public sealed class TroubleWorkload(string kind, WorkloadEnvironment environment, Action trouble) : TestWorkload
{
    /// <inheritdoc/>
    public override string Kind => kind;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        if (task.Index == task.Size && CountAttempt() <= task.Seed)
            trouble();
        return Checksum.Start(task);
    }

    private int CountAttempt()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"attempt-{attempt}");
                new FileStream(Path.Combine(environment.FileFolder, name), FileMode.CreateNew).Dispose();
                return attempt;
            }
            catch (IOException)
            {
                // An earlier attempt has left its mark.
            }
        }
    }
}
