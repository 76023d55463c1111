using System.Xml.Linq;

namespace ServerlessConcurrency.Core.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    // Dependencies point one way: Core <- Workers, Storage <- Durable, Reporting <- Claims, Api <- Cli, Functions.
    private static readonly string[][] Layers =
    [
        ["Core"],
        ["Workers", "Storage"],
        ["Durable", "Reporting"],
        ["Claims", "Api"],
        ["Cli", "Functions"],
    ];

    // Not deeper: a build writes project files of its own below obj.
    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Repository.PathOf("src")).SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).Select(NameOf)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_projects_below_it(string project)
    {
        string file = Path.Combine(Repository.PathOf("src"), $"ServerlessConcurrency.{project}", $"ServerlessConcurrency.{project}.csproj");
        IEnumerable<string> references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => NameOf(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.All(references, reference => Assert.True(
            LayerOf(reference) < LayerOf(project), $"{project} refers to {reference}, which is not below it"));
    }

    private static int LayerOf(string project)
    {
        int layer = Array.FindIndex(Layers, names => names.Contains(project));
        Assert.True(layer >= 0, $"{project} has no place in the layers yet");
        return layer;
    }

    private static string NameOf(string file) =>
        Path.GetFileNameWithoutExtension(file).Replace("ServerlessConcurrency.", "", StringComparison.Ordinal);
}
