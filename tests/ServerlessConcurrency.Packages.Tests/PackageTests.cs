using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace ServerlessConcurrency.Packages;

/// <summary>What becomes of the packages in an empty folder and an empty user profile.</summary>
public sealed class PackageTests(NewMachine machine) : IClassFixture<NewMachine>
{
    private static readonly string[] Run = ["run", "spec.json", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none", "--json"];

    private string Built => Path.Combine(machine.Lab, "bin", "Release", "net10.0");

    [Fact]
    public async Task The_tests_of_a_new_program_show_that_every_model_computes_the_same() =>
        Assert.Contains(
            "Passed!",
            await machine.DotnetAsync(machine.Lab, "vstest", Path.Combine("tests", "bin", "Release", "net10.0", $"{NewMachine.LabName}.Tests.dll")),
            StringComparison.Ordinal);

    [Fact]
    public async Task The_tool_runs_the_same_assembly_under_every_model()
    {
        string output = await machine.ToolAsync(machine.Lab, [.. Run, "--assembly", Path.Combine(Built, $"{NewMachine.LabName}.dll")]);

        using var experiment = JsonDocument.Parse(output);
        JsonElement[] runs = [.. experiment.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal(7, runs.Select(run => run.GetProperty("model").GetString()).Distinct().Count());
        Assert.All(runs, run => Assert.Equal(("passwords", 0), (run.GetProperty("workload").GetString(), run.GetProperty("failed").GetInt32())));
        Assert.NotEqual("", Assert.Single(runs.Select(run => run.GetProperty("checksum").GetString()).Distinct()));
    }

    [Fact]
    public async Task A_program_calls_itself_by_its_name_and_speaks_English_on_every_system()
    {
        string help = await machine.DotnetAsync(machine.Lab, Path.Combine(Built, $"{NewMachine.LabName}.dll"), "compare", "--help");

        Assert.Contains($"Usage:\n  {NewMachine.LabName} compare <BEFORE> <AFTER>", help.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"{NewMachine.LabName} compare ID1 ID2", help, StringComparison.Ordinal);
        Assert.DoesNotContain("sconc", help, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_of_its_spec_stands_beside_it()
    {
        using var spec = JsonDocument.Parse(File.ReadAllText(Path.Combine(machine.Lab, "spec.json")));

        Assert.True(File.Exists(Path.Combine(machine.Lab, spec.RootElement.GetProperty("$schema").GetString()!)));
    }

    [Fact]
    public void A_program_that_refers_to_the_library_is_set_up_to_measure()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Built, $"{NewMachine.LabName}.runtimeconfig.json")));
        JsonElement options = config.RootElement.GetProperty("runtimeOptions");
        JsonElement properties = options.GetProperty("configProperties");
        Assert.False(properties.GetProperty("System.Runtime.TieredCompilation").GetBoolean());
        Assert.False(properties.GetProperty("System.GC.Concurrent").GetBoolean());
        Assert.Contains("Microsoft.AspNetCore.App", options.GetProperty("frameworks").EnumerateArray().Select(framework => framework.GetProperty("name").GetString()));
    }

    // Which is compiled ahead unless told otherwise, without reflection.
    [Fact]
    public async Task A_program_of_a_single_file_can_look_for_its_workloads()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(machine.Lab)!, "single")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "lab.cs"), "#:package ServerlessConcurrency@*\nreturn 0;");
        await machine.DotnetAsync(folder, "restore", "lab.cs", "--property:NoWarn=NU1605");

        Assert.Equal("false", (await machine.DotnetAsync(folder, "build", "lab.cs", "--nologo", "--getProperty:PublishAot")).Trim());
    }

    [Fact]
    public void The_library_has_every_assembly_with_its_documentation_and_symbols_and_depends_on_their_packages()
    {
        string[] projects = [.. ProjectsOf("ServerlessConcurrency").Distinct()];
        XElement nuspec;
        using (ZipArchive package = Open("ServerlessConcurrency.*.nupkg"))
        {
            Assert.Equal([.. projects.SelectMany(project => new[] { $"{project}.dll", $"{project}.xml" }).Order(StringComparer.Ordinal)], InLibrary(package));
            nuspec = Nuspec(package);
        }

        using (ZipArchive symbols = Open("ServerlessConcurrency.*.snupkg"))
            Assert.Equal([.. projects.Select(project => $"{project}.pdb").Order(StringComparer.Ordinal)], InLibrary(symbols));

        // In the framework that the package asks for.
        string[] expected = [.. projects.SelectMany(PackagesOf).Except(["Microsoft.Extensions.DependencyInjection"])];
        Assert.Empty(expected.Except(Named(nuspec, "dependency").Select(dependency => dependency.Attribute("id")!.Value)));
    }

    [Theory]
    [InlineData("ServerlessConcurrency.Tool.*.nupkg")]
    [InlineData("ServerlessConcurrency.*.nupkg")]
    public void A_package_with_the_work_of_others_has_their_notices(string name)
    {
        using ZipArchive package = Open(name);

        Assert.NotNull(package.GetEntry("THIRD-PARTY-NOTICES.txt"));
    }

    [Theory]
    [InlineData("ServerlessConcurrency.Tool.*.nupkg")]
    [InlineData("ServerlessConcurrency.Templates.*.nupkg")]
    [InlineData("ServerlessConcurrency.*.nupkg")]
    public void A_package_tells_what_it_is(string name)
    {
        using ZipArchive package = Open(name);
        XElement nuspec = Nuspec(package);

        Assert.Equal("MIT", Named(nuspec, "license").Single().Value);
        Assert.NotNull(package.GetEntry(Named(nuspec, "readme").Single().Value));
        Assert.NotEqual("Package Description", Named(nuspec, "description").Single().Value);
        Assert.NotEmpty(Named(nuspec, "tags").Single().Value);
    }

    [Fact]
    public void Every_type_in_the_namespace_of_users_is_one_whose_changes_are_watched()
    {
        string[] watched = Repository.Read("src", "ServerlessConcurrency.Core", "PublicAPI.Shipped.txt").Split('\n');
        watched = [.. watched, .. Repository.Read("src", "ServerlessConcurrency.Core", "PublicAPI.Unshipped.txt").Split('\n')];

        Assert.Empty(typeof(WorkItem).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == nameof(ServerlessConcurrency)).Select(type => type.FullName).Except(watched));
    }

    private ZipArchive Open(string name) => ZipFile.OpenRead(Directory.GetFiles(machine.Feed, name).MinBy(path => path.Length)!);

    private static string[] InLibrary(ZipArchive package) =>
    [
        .. package.Entries.Where(entry => entry.FullName.StartsWith("lib/net10.0/", StringComparison.Ordinal)).Select(entry => entry.Name)
            .Order(StringComparer.Ordinal),
    ];

    private static XElement Nuspec(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XElement.Load(nuspec);
    }

    private static IEnumerable<XElement> Named(XElement nuspec, string name) => nuspec.Descendants().Where(element => element.Name.LocalName == name);

    private static IEnumerable<string> ProjectsOf(string project) => Referenced(project, "ProjectReference")
        .SelectMany(reference => ProjectsOf(Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))).Prepend(project);

    private static IEnumerable<string> PackagesOf(string project) => Referenced(project, "PackageReference");

    private static IEnumerable<string> Referenced(string project, string kind) =>
        XElement.Load(Repository.PathOf("src", project, $"{project}.csproj")).Descendants(kind)
            .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
            .Select(reference => reference.Attribute("Include")!.Value);
}
