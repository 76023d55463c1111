using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ServerlessConcurrency.Core.OwnCode;

namespace ServerlessConcurrency.Core.Tests.OwnCode;

public sealed class ItemFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[ {\"a\": 1}, \"two\", [3, [4]], null, 5.50 ]")]
    [InlineData("{\"a\": 1}\n\"two\"\r\n[3, [4]]\n\nnull\n5.50\n")]
    [InlineData("\uFEFF{\"a\": 1} \"two\" [3, [4]] null 5.50")]
    public void Items_of_an_array_and_of_lines_are_the_same(string text)
    {
        ItemFile items = ItemFile.Open(Write(text));

        Assert.Equal(["{\"a\": 1}", "\"two\"", "[3, [4]]", "null", "5.50"], Enumerable.Range(0, items.Count).Select(index => items.Read(index).GetRawText()));
    }

    [Fact]
    public void Tasks_beyond_the_last_item_begin_with_the_first_again() => Assert.Equal(1, ItemFile.Open(Write("[0, 1, 2]")).Read(7).GetInt32());

    [Theory]
    [InlineData("[1,\n2,\n  x]", "line 3, column 3")]
    [InlineData("{\"a\": 1}\n{\"a\": }\n", "line 2, column 7")]
    [InlineData("[1, 2", "is not JSON")]
    [InlineData("[]", "has no items")]
    [InlineData("", "has no items")]
    public void What_cannot_be_read_is_told_with_its_place(string text, string expected)
    {
        string path = Write(text);

        OwnCodeException exception = Assert.Throws<OwnCodeException>(() => ItemFile.Open(path));

        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_16_is_called_so()
    {
        string path = Path.Combine(_folder.Path, "items.json");
        File.WriteAllText(path, "[1]", Encoding.Unicode);

        Assert.Contains("UTF-16", Assert.Throws<OwnCodeException>(() => ItemFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_told()
    {
        Assert.Contains("cannot be read", Assert.Throws<OwnCodeException>(() => ItemFile.Open(Path.Combine(_folder.Path, "none.json"))).Message, StringComparison.Ordinal);
        Assert.Equal($"{_folder.Path} is a folder; expected a file", Assert.Throws<OwnCodeException>(() => ItemFile.Open(_folder.Path)).Message);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("pipe", "is a pipe; expected a file")]
    [InlineData("link", "is a pipe; expected a file")]
    [InlineData("/dev/zero", "is a device; expected a file")]
    public async Task What_is_no_file_is_not_opened(string name, string expected)
    {
        if (!OperatingSystem.IsLinux())
            return;
        string pipe = Path.Combine(_folder.Path, "pipe");
        using (Process make = Process.Start("mkfifo", pipe))
            await make.WaitForExitAsync();
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), pipe);
        string path = Path.Combine(_folder.Path, name);

        // To open it would wait for somebody who writes.
        foreach (Action<string> open in new Action<string>[] { path => ItemFile.Open(path), path => WorkloadAssembly.Load(path) })
        {
            OwnCodeException exception = await Assert.ThrowsAsync<OwnCodeException>(() => Task.Run(() => open(path)));
            Assert.Equal($"{path} {expected}", exception.Message);
        }
    }

    [Fact]
    public void What_is_not_JSON_is_not_quoted()
    {
        string path = Write("root:secret:19000:0:99999:7:::");

        string message = Assert.Throws<OwnCodeException>(() => ItemFile.Open(path)).Message;

        Assert.Equal($"{path} is not JSON at line 1, column 1; expected an array, or values one after another", message);
    }

    [Theory]
    [InlineData(ItemFile.LargestItem - 2, true)]
    [InlineData(ItemFile.LargestItem - 1, false)]
    [InlineData(3 * ItemFile.LargestItem, false)]
    public void The_largest_item_has_a_bound(int characters, bool fits)
    {
        string path = Write($"[1, \"{new string('x', characters)}\", 2]");

        if (fits)
            Assert.Equal(characters, ItemFile.Open(path).Read(1).GetString()!.Length);
        else
            Assert.Contains("number 2", Assert.Throws<OwnCodeException>(() => ItemFile.Open(path)).Message, StringComparison.Ordinal);
    }

    // The items alone have 20 MB.
    [Fact]
    public void A_hundred_thousand_items_cost_a_few_megabytes()
    {
        string path = Path.Combine(_folder.Path, "many.ndjson");
        using (StreamWriter file = File.CreateText(path))
            for (int item = 0; item < 100_000; item++)
                file.WriteLine(JsonSerializer.Serialize(new { item, text = new string('x', 200) }));

        // What another test leaves behind may be taken or let go of meanwhile.
        long[] costs = [.. Enumerable.Range(0, 5).Select(_ => Cost()).Order()];

        Assert.True(costs[2] < 4_000_000, string.Join(", ", costs));

        long Cost()
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            ItemFile items = ItemFile.Open(path);
            long cost = GC.GetTotalMemory(forceFullCollection: true) - before;
            Assert.Equal(99_999, items.Read(99_999).GetProperty("item").GetInt32());
            return cost;
        }
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, text);
        return path;
    }
}
