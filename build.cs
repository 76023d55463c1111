// Builds, tests and measures ServerlessConcurrency: dotnet run build.cs <command>
#:property GenerateDocumentationFile=true
#:property NoWarn=CS1591
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

string root = Path.GetDirectoryName(ThisFile())!;
string[] rest = args.Length > 1 ? args[1..] : [];
return (args.Length > 0 ? args[0] : "") switch
{
    "test" => Test(),
    "e2e" => EndToEnd(),
    "functions" => Dotnet(["run", "--configuration", "Release", "--project", Project("tests", "FunctionsHosts"), "--", .. rest]),
    "bench" => Dotnet(["run", "--configuration", "Release", "--project", Project("tests", "Benchmarks"), "--", .. rest]),
    "validate" => Dotnet(["run", "--configuration", "Release", "--project", Project("tests", "Validation"), "--", .. rest]),
    "format" => Format(),
    "package" => Package(),
    _ => Usage(),
};

int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run build.cs <command>
          test       builds everything and runs every test but those of e2e
          e2e        runs the Functions app on real hosts, loses some, and checks the outcome; needs Azure Functions Core Tools
          functions  runs the Functions app on this machine until Ctrl+C: --hosts N --port P --connection C
          bench      runs the benchmarks: ratios against references measured in the same run
          validate   puts the method of measurement to the test: equal models, known differences, another clock; --seed N
          format     checks the formatting of every source file (dotnet format --verify-no-changes)
          package    publishes the Functions app and packs it into artifacts/functions.zip
        """);
    return 2;
}

int Test()
{
    string results = Path.Combine(root, "artifacts", "test-results");
    if (Directory.Exists(results))
        Directory.Delete(results, recursive: true);
    string[] functions = [.. Projects().Where(IsOfFunctions)];
    int exitCode = RunTests(WriteFilter("build", Projects().Except(functions).Where(project => !IsEndToEnd(project))), results);
    int projectsSkipped = 0;
    if (exitCode == 0)
    {
        // Built and not only restored: the build makes a project of the host's extensions and restores that, too.
        Availability packages = TryFunctions(functions, "build", "--configuration", "Release", "--verbosity", "quiet");
        if (packages == Availability.Missing)
            projectsSkipped = functions.Length;
        else
            exitCode = packages == Availability.Present ? RunTests(WriteFilter("functions", functions), results) : 1;
    }

    (int passed, int failed, int skipped) = Count(results);
    Console.WriteLine($"{passed} passed, {failed} failed, {skipped + projectsSkipped} skipped");
    return exitCode != 0 ? exitCode : passed == 0 || failed > 0 ? 1 : 0;
}

int RunTests(string filter, string results) => Dotnet(
    "test", filter, "--configuration", "Release", "--nologo", "--verbosity", "quiet",
    // One test project at a time: several of them need the processors for themselves.
    "-maxcpucount:1", "--logger", "trx", "--results-directory", results);

int EndToEnd() => Dotnet(
    "test", Project("tests", "EndToEnd.Tests"), "--configuration", "Release", "--nologo", "--logger", "console;verbosity=normal");

int Format()
{
    string[] functions = [.. Projects().Where(IsOfFunctions)];
    bool all = TryFunctions(functions, "restore") == Availability.Present;
    return Dotnet("format", WriteFilter("format", all ? Projects() : Projects().Except(functions)), "--verify-no-changes");
}

int Package()
{
    string app = Path.Combine(root, "artifacts", "functions");
    if (Directory.Exists(app))
        Directory.Delete(app, recursive: true);
    int exitCode = Dotnet("publish", Project("src", "Functions"), "--configuration", "Release", "--nologo", "--output", app);
    if (exitCode != 0)
        return exitCode;
    string zip = app + ".zip";
    File.Delete(zip);
    ZipFile.CreateFromDirectory(app, zip);
    Console.WriteLine(zip);
    return 0;
}

// The app's packages are on the public registry, but not on every mirror of it: whoever lacks them can test all the rest.
Availability TryFunctions(IReadOnlyList<string> projects, string verb, params string[] options)
{
    foreach (string project in projects)
    {
        var start = new ProcessStartInfo("dotnet", [verb, project, "--nologo", .. options])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
        };
        using Process attempt = Process.Start(start)!;
        string output = attempt.StandardOutput.ReadToEnd();
        attempt.WaitForExit();
        if (attempt.ExitCode == 0)
            continue;
        string[] errors = [.. Errors().Matches(output).Select(match => match.Groups["code"].Value)];
        string[] packages = [.. MissingPackage().Matches(output).Select(match => match.Groups["name"].Value).Distinct().Order()];
        // NU1101: no such package; NU1102 and NU1103: not in that version; NU1603: only in a later one.
        if (packages.Length == 0 || errors.Except(["NU1101", "NU1102", "NU1103", "NU1603"]).Any())
        {
            Console.Error.WriteLine(output);
            return Availability.Unknown;
        }

        Console.WriteLine(
            $"Skipped: {string.Join(", ", projects.Select(Path.GetFileNameWithoutExtension))}, because the package registry lacks "
            + $"{packages.Length} of their packages ({packages[0]}, ...).");
        return Availability.Missing;
    }

    return Availability.Present;
}

// Every project, relative to the root.
string[] Projects() =>
[
    .. Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(root, path))
        .Where(path => path.StartsWith("src", StringComparison.Ordinal) || path.StartsWith("tests", StringComparison.Ordinal))
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
        .Order(StringComparer.Ordinal),
];

string Project(string folder, string name) => Path.Combine(root, folder, $"ServerlessConcurrency.{name}");

static bool IsOfFunctions(string project) =>
    Path.GetFileNameWithoutExtension(project) is "ServerlessConcurrency.Functions" or "ServerlessConcurrency.Functions.Tests" or "ServerlessConcurrency.BareFanOut";

static bool IsEndToEnd(string project) => Path.GetFileNameWithoutExtension(project) == "ServerlessConcurrency.EndToEnd.Tests";

// A filter of the solution, which itself holds every project.
string WriteFilter(string name, IEnumerable<string> projects)
{
    string filter = Path.Combine(root, "artifacts", $"{name}.slnf");
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

internal enum Availability
{
    Present,
    Missing,
    Unknown,
}

internal static partial class Program
{
    [GeneratedRegex(@"error (?<code>[A-Z]*\d*) ?:")]
    private static partial Regex Errors();

    [GeneratedRegex(@"error (?:NU110[123]: Unable to find (?:a stable )?package|NU1603: .* but) (?<name>[\w.]+)")]
    private static partial Regex MissingPackage();
}
