using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ExperimentLeaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sconc-lease-").FullName;

    [Fact]
    public void It_is_one_programs_until_it_is_given_back()
    {
        using (ExperimentLease.Take(_folder))
        {
            Assert.Null(ExperimentLease.TryTake(_folder));
            Assert.False(ExperimentLease.IsAbandoned(_folder));
        }

        Assert.False(ExperimentLease.IsAbandoned(_folder));
    }

    [Fact]
    public void Of_several_who_ask_at_once_whether_it_is_abandoned_none_is_taken_for_its_holder()
    {
        // As a killed program leaves it.
        string file = Path.Combine(_folder, ".under-way");
        File.WriteAllText(file, "");
        using FileStream another = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.Read);

        Assert.True(ExperimentLease.IsAbandoned(_folder));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
