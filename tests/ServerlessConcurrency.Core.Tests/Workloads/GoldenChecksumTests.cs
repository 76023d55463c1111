using System.Collections;
using System.Numerics;
using System.Security.Cryptography;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class GoldenChecksumTests(WorkloadFixture fixture) : IClassFixture<WorkloadFixture>
{
    // Pinned: results of different versions and machines can only be compared while these stay as they are.
    [Theory]
    [InlineData("primes", 1_000, 0, 42, "34d211d01ab5e8bf")]
    [InlineData("primes", 20_000, 31, 42, "1e9736b354602071")]
    [InlineData("sha256", 1_000, 0, 42, "d4f54c0fec7e9a69")]
    [InlineData("sha256", 1, 5, -7, "08794f8e24fd702b")]
    [InlineData("matmul", 64, 0, 42, "10a7d7d666167e11")]
    [InlineData("matmul", 3, 2, 1, "44a8bb8ad9d1b7ec")]
    [InlineData("delay", 5, 0, 42, "2fc36008d00d679c")]
    [InlineData("http", 2, 3, 42, "2157427865a757e6")]
    [InlineData("file", 64, 0, 42, "b6af38512bbb9fd1")]
    [InlineData("mixed", 2, 1, 42, "993b91edcf564a57")]
    public void Checksums_stay_what_they_were(string kind, long size, int index, long seed, string golden) =>
        Assert.Equal(golden, Checksum.Format(fixture.Workloads.Get(kind).Execute(new TaskInput(size, index, seed), new Execution())));

    [Property(MaxTest = 50)]
    public void Primes_folds_what_the_sieve_of_Eratosthenes_finds(ushort size, ushort index, long seed)
    {
        var task = new TaskInput(size + 1, index, seed);
        var composite = new BitArray(size + 2);
        ulong expected = Checksum.Start(task);
        for (int candidate = 2; candidate <= task.Size; candidate++)
        {
            if (composite[candidate])
                continue;
            expected = Checksum.Fold(expected, (ulong)candidate);
            for (int multiple = 2 * candidate; multiple <= task.Size; multiple += candidate)
                composite[multiple] = true;
        }

        Assert.Equal(expected, new PrimesWorkload().Execute(task, new Execution()));
    }

    [Property(MaxTest = 30)]
    public void Sha256_is_a_chain_of_hashes(byte size, ushort index, long seed)
    {
        var task = new TaskInput(size + 1, index, seed);
        byte[] digest = new byte[32];
        BitConverter.TryWriteBytes(digest, Checksum.Start(task));
        for (int iteration = 0; iteration < task.Size; iteration++)
            digest = SHA256.HashData(digest);

        Assert.Equal(BitConverter.ToUInt64(digest), new Sha256Workload().Execute(task, new Execution()));
    }

    [Property(MaxTest = 30)]
    public void Matmul_multiplies_matrices(byte size, ushort index, long seed)
    {
        int order = (size % 40) + 1;
        var task = new TaskInput(order, index, seed);
        ulong state = Checksum.Start(task);
        BigInteger[,] left = NextMatrix(order, ref state);
        BigInteger[,] right = NextMatrix(order, ref state);
        ulong expected = Checksum.Start(task);
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                BigInteger entry = 0;
                for (int inner = 0; inner < order; inner++)
                    entry += left[row, inner] * right[inner, column];
                expected = Checksum.Fold(expected, (ulong)entry);
            }
        }

        Assert.Equal(expected, new MatmulWorkload().Execute(task, new Execution()));
    }

    private static BigInteger[,] NextMatrix(int order, ref ulong state)
    {
        var matrix = new BigInteger[order, order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                state = Checksum.Mix(state);
                matrix[row, column] = state % 256;
            }
        }

        return matrix;
    }
}
