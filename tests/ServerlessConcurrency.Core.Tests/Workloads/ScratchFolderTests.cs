using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class ScratchFolderTests
{
    [Fact]
    public void It_is_gone_after_use_and_it_is_no_error_if_it_was_before()
    {
        var folder = new ScratchFolder();
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        folder.Dispose();
        Assert.False(Directory.Exists(folder.Path));

        folder.Dispose();
    }

    [Fact]
    public void What_killed_programs_left_is_removed_and_what_is_in_use_is_not()
    {
        using var left = new ScratchFolder();
        using var used = new ScratchFolder();
        Directory.SetLastWriteTimeUtc(left.Path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        ScratchFolder.Sweep(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc));

        Assert.False(Directory.Exists(left.Path));
        Assert.True(Directory.Exists(used.Path));
    }
}
