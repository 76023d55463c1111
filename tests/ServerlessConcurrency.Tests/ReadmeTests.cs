using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Tests;

public sealed partial class ReadmeTests
{
    private const string Program = "dotnet run --project src/ServerlessConcurrency.Cli -- ";
    private const int MostWords = 900;

    // What each is shortened by here; the rest of the command is the README's.
    private static readonly Dictionary<string, string> InTests = new()
    {
        ["run"] = "--rounds 1 --warmup-rounds 0 -m sequential,async --connection none",
        ["claims --quick"] = "--only C9 --python none --connection none",
        ["serve"] = "--help",
        ["submit spec.json --endpoint http://127.0.0.1:7071"] = "--help",
    };

    public static TheoryData<string> Commands => [.. Blocks().Where(line => line.StartsWith(Program, StringComparison.Ordinal)).Select(line => line[Program.Length..])];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_the_readme_does_what_it_says(string command)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, [.. command.Split(' '), .. InTests[command].Split(' ')]);

        Assert.True(exitCode == 0, error);
        Assert.NotEmpty(output);
    }

    [Fact]
    public void Every_other_command_is_one_of_the_build() => Assert.All(
        Blocks().Where(line => line.StartsWith("dotnet run build.cs ", StringComparison.Ordinal)),
        line => Assert.Contains($"\"{line.Split(' ')[3]}\" =>", Repository.Read("build.cs"), StringComparison.Ordinal));

    [Fact]
    public void The_readme_is_read_in_a_few_minutes() =>
        Assert.InRange(Repository.Read("README.md").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 1, MostWords);

    [Fact]
    public void Every_page_that_is_linked_is_there()
    {
        foreach (string page in Directory.GetFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md")).Append(Repository.PathOf("CONTRIBUTING.md")))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                string target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups["path"].Value);
                Assert.True(Path.Exists(target), $"{Path.GetFileName(page)} links to {link.Groups["path"].Value}");
            }
        }
    }

    private static IEnumerable<string> Blocks() =>
        Block().Matches(Repository.Read("README.md")).SelectMany(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("^```\n(?<lines>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
