// Builds, tests and measures ServerlessConcurrency: dotnet run build.cs <command>
#:property GenerateDocumentationFile=true
#:property NoWarn=CS1591
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;

string root = Path.GetDirectoryName(ThisFile())!;
string[] rest = args.Length > 1 ? args[1..] : [];
return (args.Length > 0 ? args[0] : "") switch
{
    "test" => Test(),
    "bench" => Bench(),
    "format" => Format(),
    _ => Usage(),
};

int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run build.cs <command>
          test     builds everything and runs every test
          bench    runs the benchmarks: ratios against references measured in the same run
          format   checks the formatting of every source file (dotnet format --verify-no-changes)
        """);
    return 2;
}

int Test()
{
    string results = Path.Combine(root, "artifacts", "test-results");
    if (Directory.Exists(results))
        Directory.Delete(results, recursive: true);
    int exitCode = Dotnet("test", WriteFilter(), "--configuration", "Release", "--nologo", "--verbosity", "quiet",
        // One test project at a time: several of them need the processors for themselves.
        "-maxcpucount:1", "--logger", "trx", "--results-directory", results);
    (int passed, int failed, int skipped) = Count(results);
    Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
    return exitCode != 0 ? exitCode : passed == 0 || failed > 0 ? 1 : 0;
}

int Bench() => Dotnet(
    ["run", "--configuration", "Release", "--project", Path.Combine(root, "tests", "ServerlessConcurrency.Benchmarks"), "--", .. rest]);

int Format() => Dotnet("format", WriteFilter(), "--verify-no-changes");

// A filter of the solution with the projects that build here; the solution itself holds every project.
string WriteFilter()
{
    string[] projects =
    [
        .. Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path))
            .Where(path => path.StartsWith("src", StringComparison.Ordinal) || path.StartsWith("tests", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
    string filter = Path.Combine(root, "artifacts", "build.slnf");
    Directory.CreateDirectory(Path.GetDirectoryName(filter)!);
    using FileStream file = File.Create(filter);
    using var json = new Utf8JsonWriter(file);
    json.WriteStartObject();
    json.WriteStartObject("solution");
    json.WriteString("path", Path.Combine("..", "ServerlessConcurrency.sln"));
    json.WriteStartArray("projects");
    foreach (string project in projects)
        json.WriteStringValue(project.Replace('/', '\\'));
    json.WriteEndArray();
    json.WriteEndObject();
    json.WriteEndObject();
    return filter;
}

static (int Passed, int Failed, int Skipped) Count(string results)
{
    (int passed, int failed, int skipped) = (0, 0, 0);
    if (!Directory.Exists(results))
        return (0, 0, 0);
    foreach (string file in Directory.EnumerateFiles(results, "*.trx", SearchOption.AllDirectories))
    {
        XElement counters = XDocument.Load(file).Descendants().First(element => element.Name.LocalName == "Counters");
        int Read(string name) => int.Parse(counters.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
        passed += Read("passed");
        failed += Read("failed");
        skipped += Read("total") - Read("executed");
    }

    return (passed, failed, skipped);
}

int Dotnet(params string[] arguments)
{
    using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root })!;
    process.WaitForExit();
    return process.ExitCode;
}

static string ThisFile([CallerFilePath] string path = "") => path;
