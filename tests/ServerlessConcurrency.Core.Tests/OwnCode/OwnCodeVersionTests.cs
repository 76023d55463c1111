using ServerlessConcurrency.Core.OwnCode;

namespace ServerlessConcurrency.Core.Tests.OwnCode;

public sealed class OwnCodeVersionTests
{
    [Fact]
    public void An_assembly_is_known_by_the_id_of_its_compilation_and_items_by_all_they_hold()
    {
        using var folder = new TemporaryFolder();
        string assembly = typeof(OwnCodeVersionTests).Assembly.Location;
        string items = Path.Combine(folder.Path, "items.json");
        File.WriteAllText(items, "abc");

        string? version = OwnCodeVersion.Of([assembly], [items, items]);

        // FIPS 180-2, appendix B.1.
        Assert.Equal($"{Path.GetFileName(assembly)} {typeof(OwnCodeVersionTests).Module.ModuleVersionId:n}"[..^20] + ", items.json ba7816bf8f01", version);
        // They are opened once in a process, too.
        File.WriteAllText(items, "abd");
        Assert.Equal(version, OwnCodeVersion.Of([assembly], [items]));
        Assert.Null(OwnCodeVersion.Of([], []));
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        string text = Path.Combine(folder.Path, "text.dll");
        File.WriteAllText(text, "abc");

        Assert.StartsWith(text, Assert.Throws<OwnCodeException>(() => OwnCodeVersion.Of([text], [])).Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.Path, Assert.Throws<OwnCodeException>(() => OwnCodeVersion.Of([], [folder.Path])).Message, StringComparison.Ordinal);
    }
}
