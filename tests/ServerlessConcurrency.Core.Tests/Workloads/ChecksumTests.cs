using FsCheck.Xunit;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class ChecksumTests
{
    // The first outputs of SplitMix64 for the seed 1234567, as published at https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64.
    [Fact]
    public void Mixing_gives_the_published_sequence_of_SplitMix64()
    {
        const ulong Gamma = 0x9E3779B97F4A7C15;
        ulong[] published =
        [
            6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
        ];

        Assert.Equal(published, Enumerable.Range(0, 5).Select(step => Checksum.Mix(1234567 + (ulong)step * Gamma)));
    }

    [Property]
    public void A_checksum_reads_back_as_it_was_written(ulong checksum)
    {
        string text = Checksum.Format(checksum);

        Assert.Matches("^[0-9a-f]{16}$", text);
        Assert.Equal(checksum, Checksum.Parse(text));
    }

    [Property]
    public void Two_tasks_that_swap_their_checksums_change_the_combined_one(ulong one, ulong other) => Assert.Equal(
        one == other, Checksum.Combine([one, other]) == Checksum.Combine([other, one]));

    [Property]
    public void A_single_different_task_changes_the_combined_checksum(ulong[] checksums, ushort at)
    {
        if (checksums.Length == 0)
            return;
        ulong[] changed = [.. checksums];
        changed[at % changed.Length] ^= 1;

        Assert.NotEqual(Checksum.Combine(checksums), Checksum.Combine(changed));
    }
}
