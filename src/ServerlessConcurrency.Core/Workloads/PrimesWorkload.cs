using System.Runtime.CompilerServices;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// Finds every prime up to the size by trial division and folds them into the checksum: integer arithmetic, no memory.
/// </summary>
public sealed class PrimesWorkload : Workload
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string WorkloadKind = "primes";

    private const int CandidatesPerCheckpoint = 64;

    /// <inheritdoc/>
    public override string Kind => WorkloadKind;

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.CpuBound;

    /// <inheritdoc/>
    public override string SizeUnit => "upper bound";

    /// <inheritdoc/>
    public override long MaxSize => 100_000_000;

    /// <inheritdoc/>
    // Fully optimised from the first call, so that every process computes at the same speed without tiering up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override ulong Execute(TaskInput task, Execution execution)
    {
        uint bound = (uint)task.Size;
        ulong checksum = Checksum.Start(task);
        if (bound >= 2)
            checksum = Checksum.Fold(checksum, 2);
        uint untilCheckpoint = CandidatesPerCheckpoint;
        for (uint candidate = 3; candidate <= bound; candidate += 2)
        {
            if (IsOddPrime(candidate))
                checksum = Checksum.Fold(checksum, candidate);
            if (--untilCheckpoint == 0)
            {
                untilCheckpoint = CandidatesPerCheckpoint;
                execution.Checkpoint();
            }
        }

        return checksum;
    }

    /// <inheritdoc/>
    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => execution.ComputeAsync(task, Execute);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsOddPrime(uint candidate)
    {
        for (uint divisor = 3; divisor * divisor <= candidate; divisor += 2)
            if (candidate % divisor == 0)
                return false;
        return true;
    }
}
