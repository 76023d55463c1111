using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ServerlessConcurrency.Packages.Tests;

public class DependencyTests
{
    // Where the Functions app's packages cannot be restored, only the others are looked at.
    private static readonly string[] Shipped = ["Package", "Cli", "Functions"];

    private static readonly IReadOnlyDictionary<string, string[]> Listed = Repository.Read("docs", "dependencies.md").Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1], cells => cells[2].Split(", "));

    [Fact]
    public void What_is_shipped_is_listed_with_the_licence_that_it_names()
    {
        (string Name, string? Licence)[] shipped = [.. Shipped.SelectMany(ShippedWith).Distinct()];

        Assert.True(shipped.Length > 40);
        Assert.All(shipped, package => Assert.True(
            package.Licence is null ? Listed.Values.Any(names => names.Contains(package.Name)) : Listed.GetValueOrDefault(package.Licence, []).Contains(package.Name),
            $"{package.Name} is not listed under {package.Licence ?? "any licence"}"));
    }

    [Fact]
    public void What_the_tool_brings_is_in_the_notices_that_it_brings() => Assert.Empty(
        ShippedWith("Cli").Select(package => package.Name).Concat(["echarts", "zrender", "tslib"])
            .Except(Repository.Read("THIRD-PARTY-NOTICES.txt").Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim())));

    // The licence is an SPDX expression; null where the package brings its text instead.
    private static IEnumerable<(string Name, string? Licence)> ShippedWith(string project)
    {
        string path = Repository.PathOf("src", $"ServerlessConcurrency.{project}", "obj", "project.assets.json");
        if (!File.Exists(path))
            return [];
        JsonNode assets = JsonNode.Parse(File.ReadAllText(path))!;
        string root = assets["packageFolders"]!.AsObject().First().Key;
        return assets["targets"]!.AsObject().SelectMany(target => target.Value!.AsObject())
            .Where(library => (string)library.Value!["type"]! == "package")
            .Where(library => library.Value!["runtime"]?.AsObject().Any(file => !file.Key.EndsWith("_._", StringComparison.Ordinal)) == true)
            .Select(library => library.Key.Split('/'))
            .Select(library => (library[0], LicenceOf(Path.Combine(root, library[0].ToLowerInvariant(), library[1], $"{library[0].ToLowerInvariant()}.nuspec"))));
    }

    private static string? LicenceOf(string nuspec) => XDocument.Load(nuspec).Descendants()
        .FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression")?.Value;
}
