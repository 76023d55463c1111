using System.Buffers;
using System.Runtime.CompilerServices;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// Multiplies two square matrices of the size's order: floating-point arithmetic on memory that may outgrow the caches. The
/// entries are whole numbers up to 255, so that every sum is exact and the checksum is the same on every processor.
/// </summary>
public sealed class MatmulWorkload : Workload
{
    /// <inheritdoc/>
    public override string Kind => "matmul";

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.CpuBound;

    /// <inheritdoc/>
    public override string SizeUnit => "order";

    /// <inheritdoc/>
    public override long MaxSize => 4096;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        int order = (int)task.Size;
        int length = order * order;
        double[] storage = ArrayPool<double>.Shared.Rent((2 * length) + order);
        try
        {
            Span<double> factors = storage.AsSpan(0, 2 * length);
            ReadOnlySpan<double> right = factors[length..];
            Span<double> productRow = storage.AsSpan(2 * length, order);
            ulong state = Checksum.Start(task);
            for (int offset = 0; offset < factors.Length; offset += order)
                Fill(factors.Slice(offset, order), ref state, execution);

            ulong checksum = Checksum.Start(task);
            for (int row = 0; row < order; row++)
            {
                MultiplyRow(factors.Slice(row * order, order), right, productRow, execution);
                checksum = Fold(checksum, productRow);
            }

            return checksum;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(storage);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => execution.ComputeAsync(task, Execute);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRow(
        ReadOnlySpan<double> leftRow, ReadOnlySpan<double> right, Span<double> productRow, Execution execution)
    {
        productRow.Clear();
        int order = leftRow.Length;
        int rowsPerCheckpoint = Math.Max(1, 32_768 / order);
        for (int inner = 0; inner < order; inner++)
        {
            double factor = leftRow[inner];
            ReadOnlySpan<double> rightRow = right.Slice(inner * order, order);
            for (int column = 0; column < rightRow.Length; column++)
                productRow[column] += factor * rightRow[column];
            if ((inner + 1) % rowsPerCheckpoint == 0)
                execution.Checkpoint();
        }

        execution.Checkpoint();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(Span<double> row, ref ulong state, Execution execution)
    {
        for (int column = 0; column < row.Length; column++)
        {
            state = Checksum.Mix(state);
            row[column] = state & 0xFF;
        }

        execution.Checkpoint();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Fold(ulong checksum, ReadOnlySpan<double> row)
    {
        foreach (double entry in row)
            checksum = Checksum.Fold(checksum, (ulong)entry);
        return checksum;
    }
}
