using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>Hashes a 32-byte digest over and over with SHA-256: a chain in which each step needs the one before.</summary>
public sealed class Sha256Workload : Workload
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string WorkloadKind = "sha256";

    private const int IterationsPerCheckpoint = 64;

    /// <inheritdoc/>
    public override string Kind => WorkloadKind;

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.CpuBound;

    /// <inheritdoc/>
    public override string SizeUnit => "iterations";

    /// <inheritdoc/>
    public override long MaxSize => 1_000_000_000;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        digest.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(digest, Checksum.Start(task));
        for (long iteration = 1; iteration <= task.Size; iteration++)
        {
            SHA256.HashData(digest, digest);
            if (iteration % IterationsPerCheckpoint == 0)
                execution.Checkpoint();
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    /// <inheritdoc/>
    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => execution.ComputeAsync(task, Execute);
}
