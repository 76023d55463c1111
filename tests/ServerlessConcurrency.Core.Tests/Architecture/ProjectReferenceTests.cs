using System.Xml.Linq;

namespace ServerlessConcurrency.Core.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    // Dependencies point one way: Core <- Workers, Storage <- Durable, Reporting <- Claims, Api <- the library, Functions <- Cli.
    private static readonly string[][] Layers =
    [
        ["Core"],
        ["Workers", "Storage"],
        ["Durable", "Reporting"],
        ["Claims", "Api"],
        ["", "Functions"],
        ["Cli", "Package"],
    ];

    // Not deeper: a build writes project files of its own below obj.
    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Repository.PathOf("src")).SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).Select(NameOf)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_projects_below_it(string project)
    {
        string file = Repository.PathOf("src", FullName(project), $"{FullName(project)}.csproj");
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

    // The library has no name of its own beside the product's.
    private static string NameOf(string file) =>
        Path.GetFileNameWithoutExtension(file)["ServerlessConcurrency".Length..].TrimStart('.');

    private static string FullName(string project) => $"ServerlessConcurrency.{project}".TrimEnd('.');
}
