// Builds, tests and measures ServerlessConcurrency: dotnet run build.cs <command>
#:property GenerateDocumentationFile=true
#:property NoWarn=CS1591
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

const string Measured = "Category=Measured";
const string NotMeasured = "Category!=Measured&Category!=Chaos";
string root = Path.GetDirectoryName(ThisFile())!;
string[] rest = args.Length > 1 ? args[1..] : [];
string[]? taken = args switch
{
    ["test", ..] => ["--coverage"],
    ["e2e" or "pictures" or "format" or "package", ..] => [],
    _ => null,
};
if (taken is not null && rest.Except(taken).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"error: {args[0]} takes no '{unknown}'");
    return 2;
}

return (args.Length > 0 ? args[0] : "") switch
{
    "test" => Test(),
    "measure" => Measure(),
    "e2e" => EndToEnd(),
    "functions" => Dotnet(["run", "--project", Project("tests", "FunctionsHosts"), "--", .. rest]),
    "pictures" => Pictures(),
    "bench" => Dotnet(["run", "--project", Project("tests", "Benchmarks"), "--", .. rest]),
    "validate" => Validate(),
    "chaos" => Chaos(),
    "format" => Format(),
    "package" => Package(),
    "pack" => Pack(),
    "sbom" => Sbom(),
    _ => Usage(),
};

int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run build.cs <command>
          test       builds what is tested and runs every test but those of e2e and measure; about five minutes on two processors;
                     --coverage also writes down which lines they reach, in artifacts/test-results
          measure    measures the claims and then validates, on a machine that has nothing else to do
          e2e        runs the Functions app on real hosts, loses some, and checks the outcome; needs Azure Functions Core Tools
          functions  runs the Functions app on this machine until Ctrl+C: --hosts N --port P --connection C --workloads PROJECT
          pictures   makes the pictures in docs/images; needs Chromium, Chrome or Edge
          bench      runs the benchmarks: ratios against references measured in the same run
          validate   puts the method of measurement to the test: equal models, known differences, another clock; --seed N
          chaos      does to the real program what happens to programs, and looks at what it leaves: FAULT --seed N --schedules N; needs Linux
          format     builds everything anew with code analysis, and checks the formatting of every source file
          package    publishes the Functions app and packs it into artifacts/functions.zip
          pack       makes the packages of the library, the tool and the template in artifacts/packages; -- --property:Version=V
          sbom       writes the bills of materials of the library, the tool and the Functions app to artifacts/sbom; -- --property:Version=V
        """);
    return 2;
}

int Test()
{
    string[] functions = [.. Projects().Where(IsOfFunctions)];
    // Not what other commands run: they build it themselves.
    string[] projects = [.. Projects().Where(project => IsTested(project) || project.StartsWith("src", StringComparison.Ordinal))];
    Availability packages = TryBuild("test", projects, functions);
    if (packages == Availability.Missing)
        packages = TryBuild("test", projects = [.. projects.Except(functions)], []);
    if (packages != Availability.Present)
        return 1;
    string[] tested = [.. projects.Where(IsTested)];
    // Coverage is seen where a method is compiled.
    if (!rest.Contains("--coverage"))
        Precompile(tested);
    return RunTests(tested, NotMeasured, projectsSkipped: Projects().Count(IsTested) - tested.Length);
}

// What is true only of a machine that has nothing else to do.
int Measure()
{
    string[] measured = [Path.GetRelativePath(root, Project("tests", "Claims.Tests") + "/ServerlessConcurrency.Claims.Tests.csproj")];
    if (TryBuild("measure", measured, []) != Availability.Present)
        return 1;
    int exitCode = RunTests(measured, Measured);
    return exitCode == 0 ? Validate() : exitCode;
}

// The program as a whole, and then the hosts of `durable` by themselves.
int Chaos()
{
    string program = Path.GetRelativePath(root, Project("tests", "Chaos") + "/ServerlessConcurrency.Chaos.csproj");
    if (TryBuild("chaos", [program], []) != Availability.Present)
        return 1;
    Precompile([program]);
    int exitCode = Dotnet([AssemblyOf(program), .. rest]);
    if (exitCode != 0 || (rest.Length > 0 && !rest[0].StartsWith("--", StringComparison.Ordinal)))
        return exitCode;
    string[] hosts = [Path.GetRelativePath(root, Project("tests", "Durable.Tests") + "/ServerlessConcurrency.Durable.Tests.csproj")];
    return TryBuild("hosts", hosts, []) == Availability.Present ? RunTests(hosts, "Category=Chaos") : 1;
}

int Validate() => Dotnet(["run", "--project", Project("tests", "Validation"), "--", .. rest]);

int RunTests(IReadOnlyList<string> projects, string filter, int projectsSkipped = 0)
{
    string results = Path.Combine(root, "artifacts", "test-results");
    if (Directory.Exists(results))
        Directory.Delete(results, recursive: true);
    var runs = new ConcurrentBag<TestRun>();
    // Those whose tests take turns, or wait for a browser or processes, take longest; of the others those with the most to test.
    Parallel.ForEach(
        Partitioner.Create(
            projects.OrderByDescending(project => Says(project, "TestsTakeTurns")).ThenByDescending(OpensPages).ThenByDescending(StartsProcesses).ThenByDescending(SizeOf),
            EnumerablePartitionerOptions.NoBuffering),
        new ParallelOptions { MaxDegreeOfParallelism = 4 },
        project => runs.Add(RunTestsOf(project, filter, results)));
    Console.WriteLine($"{runs.Sum(run => run.Passed)} passed, {runs.Sum(run => run.Failed)} failed, {runs.Sum(run => run.Skipped) + projectsSkipped} skipped");
    return runs.All(run => run.IsSuccess) ? 0 : 1;
}

TestRun RunTestsOf(string project, string filter, string results)
{
    string name = Path.GetFileNameWithoutExtension(project);
    // Most of what a process that lives for seconds computes is the compilation of its code: at its cheapest where nothing is measured.
    // And where more processes compute than there are processors, a thread that waits is not to wait busily.
    KeyValuePair<string, string?>[] cheaply = filter == Measured || Says(project, "TestsCompute")
        ? []
        : [new("DOTNET_JITMinOpts", "1"), new("DOTNET_EnableWriteXorExecute", "0"), new("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0")];
    // By default a test host is killed after 100 ms, before it has ended its emulator and removed its folder.
    KeyValuePair<string, string?>[] environment = [.. cheaply, new("VSTEST_TESTHOST_SHUTDOWN_TIMEOUT", "10000")];
    var clock = Stopwatch.StartNew();
    (int exitCode, string output) = CaptureWith(
        environment,
        [
            "vstest",
            AssemblyOf(project),
            $"--TestCaseFilter:{filter}",
            $"--logger:trx;LogFileName={name}.trx",
            $"--ResultsDirectory:{results}",
            .. CoverageArguments(project),
        ]);
    // Only tests of pages can all be skipped: where there is no browser.
    TestRun run = TestRun.Read(Path.Combine(results, $"{name}.trx"), exitCode, mayBeSkipped: OpensPages(project));
    lock (results)
    {
        if (!run.IsSuccess)
            Console.WriteLine(output);
        string state = run.IsSuccess ? "" : run.Failed > 0 ? "FAILED " : $"FAILED (exit code {exitCode}) ";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{state}{name}: {run.Passed} passed, {run.Failed} failed, {run.Skipped} skipped{run.SkippedBecause}, {clock.Elapsed.TotalSeconds:0} s"));
    }

    return run;
}

// The collector comes with the test SDK, and sees child processes too.
string[] CoverageArguments(string project)
{
    if (!rest.Contains("--coverage"))
        return [];
    string packages = XDocument.Load(Path.Combine(root, Path.GetDirectoryName(project)!, "obj", Path.GetFileName(project) + ".nuget.g.props"))
        .Descendants().First(element => element.Name.LocalName == "NuGetPackageRoot").Value;
    string version = XDocument.Load(Path.Combine(root, "Directory.Packages.props"))
        .Descendants("PackageVersion").First(package => package.Attribute("Include")!.Value == "Microsoft.NET.Test.Sdk").Attribute("Version")!.Value;
    return
    [
        $"--TestAdapterPath:{Path.Combine(packages, "microsoft.codecoverage", version, "build", "netstandard2.0")}",
        "--collect:Code Coverage;Format=cobertura",
    ];
}

// A process that lives for seconds mostly compiles: what many processes of tests and samples would compile each for itself is compiled once, beside what was built.
// The next build puts that back, so nothing of it is ever measured.
void Precompile(IEnumerable<string> projects)
{
    var clock = Stopwatch.StartNew();
    (int exitCode, string output) = Capture("msbuild", Path.Combine("tests", "Precompile.proj"), "-restore", "-target:Find", "-getProperty:Crossgen");
    string compiler = output.Trim() + (OperatingSystem.IsWindows() ? ".exe" : "");
    if (exitCode != 0 || !File.Exists(compiler))
    {
        Console.WriteLine("Not compiled ahead, so that the tests take longer: the package registry lacks the compiler for it.");
        return;
    }

    string precompiled = Path.Combine(root, "artifacts", "precompiled");
    string runtime = RuntimeEnvironment.GetRuntimeDirectory();
    string web = runtime.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);
    IEnumerable<string> folders = projects.Select(AssemblyOf)
        .Concat(Directory.EnumerateFiles(Path.Combine(root, "samples"), "*.runtimeconfig.json", SearchOption.AllDirectories).Where(IsNotGenerated))
        .Select(path => Path.GetDirectoryName(path)!);
    ILookup<string, string> copies = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")).Where(IsPrecompiled)
        .ToLookup(path => Path.Combine(precompiled, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) + ".dll"));
    Parallel.ForEach(copies.Where(group => !File.Exists(group.Key)), new ParallelOptions { MaxDegreeOfParallelism = 2 }, group =>
    {
        string assembly = group.First();
        string unfinished = $"{group.Key}.tmp";
        string[] references = [runtime, web, Path.GetDirectoryName(assembly)!];
        var start = new ProcessStartInfo(
            compiler, [assembly, "--out", unfinished, "--optimize", .. references.SelectMany(folder => (string[])["--reference", Path.Combine(folder, "*.dll")])])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{assembly} cannot be compiled ahead: {said}");
        File.Move(unfinished, group.Key, overwrite: true);
    });
    // Not before: they are what others are compiled against.
    foreach (IGrouping<string, string> group in copies)
        foreach (string copy in group)
            File.Copy(group.Key, copy, overwrite: true);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Compiled ahead in {clock.Elapsed.TotalSeconds:0} s."));
}

// What this repository's programs consist of, but for what its tests look at compiling, and of what they depend on that which they need most.
static bool IsPrecompiled(string path) => Path.GetFileNameWithoutExtension(path) is
    "sconc" or "ServerlessConcurrency" or "ServerlessConcurrency.Core" or "ServerlessConcurrency.Workers" or "ServerlessConcurrency.Storage" or "ServerlessConcurrency.Durable"
    or "ServerlessConcurrency.Reporting" or "ServerlessConcurrency.Claims" or "ServerlessConcurrency.Api" or "ServerlessConcurrency.Core.Tests"
    or "Azure.Core" or "Azure.Data.Tables" or "Azure.Storage.Blobs" or "Azure.Storage.Common" or "Azure.Storage.Queues"
    or "DurableTask.AzureStorage" or "DurableTask.Core" or "Microsoft.DurableTask.Abstractions" or "Newtonsoft.Json" or "Parquet" or "Spectre.Console" or "Spectre.Console.Ansi" or "System.CommandLine" or "ZstdSharp";

int EndToEnd() => Dotnet(
    "test", Project("tests", "EndToEnd.Tests"), "--nologo", "--logger", "console;verbosity=normal");

int Pictures() => Dotnet(
    "test", Project("tests", "Browser.Tests"), "--nologo", "--filter", "FullyQualifiedName~PictureTests", "-e", $"SCONC_PICTURES={Path.Combine(root, "docs", "images")}",
    // One measures.
    "--", "xUnit.ParallelizeTestCollections=false");

int Format()
{
    string[] functions = [.. Projects().Where(IsOfFunctions)];
    bool all = Try(functions, "restore", WriteFilter("functions", functions), "--nologo") == Availability.Present;
    string projects = WriteFilter("format", all ? Projects() : Projects().Except(functions));
    int exitCode = Dotnet("build", projects, "--no-incremental", "--nologo", "--verbosity", "quiet");
    return exitCode != 0 ? exitCode : Dotnet("format", projects, "--no-restore", "--verify-no-changes");
}

int Package()
{
    string app = Path.Combine(root, "artifacts", "functions");
    if (Directory.Exists(app))
        Directory.Delete(app, recursive: true);
    int exitCode = Dotnet("publish", Project("src", "Functions"), "--nologo", "--output", app);
    if (exitCode != 0)
        return exitCode;
    string zip = app + ".zip";
    File.Delete(zip);
    ZipFile.CreateFromDirectory(app, zip);
    Console.WriteLine(zip);
    return 0;
}

int Pack()
{
    string packages = Path.Combine(root, "artifacts", "packages");
    if (Directory.Exists(packages))
        Directory.Delete(packages, recursive: true);
    string[] projects =
    [
        Path.Combine("src", "ServerlessConcurrency.Package", "ServerlessConcurrency.Package.csproj"),
        Path.Combine("src", "ServerlessConcurrency.Cli", "ServerlessConcurrency.Cli.csproj"),
        Path.Combine("templates", "ServerlessConcurrency.Templates.csproj"),
    ];
    // Paths of the machine that builds are left out where everything is built anew, and kept where a debugger looks for them.
    bool isBuiltAnew = Environment.GetEnvironmentVariable("CI") == "true";
    return Dotnet(
        [
            "pack",
            WriteFilter("pack", projects),
            "--nologo",
            "--verbosity",
            "quiet",
            "--property:RunAnalyzers=false",
            $"--property:PackageOutputPath={packages}",
            $"--property:ContinuousIntegrationBuild={isBuiltAnew}",
            $"--property:PublishRepositoryUrl={isBuiltAnew}",
            // What is packed of one commit is the same, whenever that is.
            $"--property:DeterministicTimestamp={TimeOfCommit()}",
            .. rest,
        ]);
}

int Sbom()
{
    string folder = Path.Combine(root, "artifacts", "sbom");
    int exitCode = Dotnet("tool", "restore");
    foreach ((string name, string package) in (ReadOnlySpan<(string, string)>)[("Package", "ServerlessConcurrency"), ("Cli", "ServerlessConcurrency.Tool"), ("Functions", "ServerlessConcurrency.Functions")])
    {
        string project = Path.Combine(Project("src", name), $"ServerlessConcurrency.{name}.csproj");
        if (exitCode == 0)
            exitCode = Dotnet("restore", project, "--nologo", "--verbosity", "quiet");
        if (exitCode == 0)
        {
            exitCode = Dotnet(
                "dotnet-CycloneDX",
                project,
                "--output",
                folder,
                "--output-format",
                "Json",
                "--filename",
                $"{name.ToLowerInvariant()}.cdx.json",
                "--disable-package-restore",
                "--set-name",
                package,
                "--set-version",
                Capture(["msbuild", project, "-getProperty:Version", .. rest]).Output.Trim());
        }
    }

    return exitCode;
}

// Empty where there is no commit: of an archive of the sources, or without git.
string TimeOfCommit()
{
    try
    {
        using Process git = Process.Start(
            new ProcessStartInfo("git", ["log", "-1", "--format=%ct"]) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }
    catch (Win32Exception)
    {
        return "";
    }
}

Availability TryBuild(string name, IReadOnlyList<string> projects, IReadOnlyList<string> functions)
{
    var clock = Stopwatch.StartNew();
    // One process that compiles every project, also where the environment asks for one each, and that ends with the build.
    string server = $"sconc-{Guid.NewGuid():N}";
    // Code analysis takes as long as the compiler itself; format has it.
    Availability packages = Try(
        functions,
        "build",
        WriteFilter(name, projects),
        "--nologo",
        "--verbosity",
        "quiet",
        "--property:RunAnalyzers=false",
        "--property:UseSharedCompilation=true",
        $"--property:SharedCompilationId={server}");
    EndCompilerServer(server);
    if (packages == Availability.Present)
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Built in {clock.Elapsed.TotalSeconds:0} s."));
    return packages;
}

// The command of the SDK that ends compiler servers knows only those without an id.
void EndCompilerServer(string id)
{
    string installed = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk", Capture("--version").Output.Trim());
    Capture(Path.Combine(installed, "Roslyn", "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{id}");
}

// The app's packages are on the public registry, but not on every mirror of it: whoever lacks them can test all the rest.
Availability Try(IReadOnlyList<string> functions, params string[] arguments)
{
    (int exitCode, string output) = Capture(arguments);
    if (exitCode == 0)
        return Availability.Present;
    string[] errors = [.. Errors().Matches(output).Select(match => match.Groups["code"].Value)];
    string[] packages = [.. MissingPackage().Matches(output).Select(match => match.Groups["name"].Value).Distinct().Order()];
    // NU1101: no such package; NU1102 and NU1103: not in that version; NU1603: only in a later one.
    if (functions.Count == 0 || packages.Length == 0 || errors.Except(["NU1101", "NU1102", "NU1103", "NU1603"]).Any())
    {
        Console.Error.WriteLine(string.Join('\n', output.Split('\n').Where(line => !line.Contains("warning NU1603", StringComparison.Ordinal)).Distinct()));
        return Availability.Unknown;
    }

    Console.WriteLine(
        $"Skipped: {string.Join(", ", functions.Select(Path.GetFileNameWithoutExtension))}, because the package registry lacks "
        + $"{packages.Length} of their packages ({packages[0]}, ...).");
    return Availability.Missing;
}

// Every project, relative to the root.
string[] Projects() =>
[
    .. Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(root, path))
        .Where(path => path.StartsWith("src", StringComparison.Ordinal) || path.StartsWith("tests", StringComparison.Ordinal))
        .Where(IsNotGenerated)
        .Order(StringComparer.Ordinal),
];

string Project(string folder, string name) => Path.Combine(root, folder, $"ServerlessConcurrency.{name}");

static bool IsOfFunctions(string project) =>
    Path.GetFileNameWithoutExtension(project) is "ServerlessConcurrency.Functions" or "ServerlessConcurrency.Functions.Tests" or "ServerlessConcurrency.BareFanOut";

static bool IsTested(string project) => project.EndsWith(".Tests.csproj", StringComparison.Ordinal)
    && Path.GetFileNameWithoutExtension(project) != "ServerlessConcurrency.EndToEnd.Tests";

bool StartsProcesses(string project) => Says(project, "TestsStartProcesses");

// Whether its tests look at pages, where there is a browser.
bool OpensPages(string project) => Says(project, "TestsOpenPages");

// Whether a project says something of itself.
bool Says(string project, string property) => XDocument.Load(Path.Combine(root, project)).Descendants(property).Any(value => (bool)value);

static bool IsNotGenerated(string path) => !path.Split(Path.DirectorySeparatorChar).Contains("obj");

string AssemblyOf(string project) => Directory
    .EnumerateFiles(Path.Combine(root, Path.GetDirectoryName(project)!, "bin", "Release"), Path.GetFileNameWithoutExtension(project) + ".dll", SearchOption.AllDirectories)
    .Single(path => !path.Split(Path.DirectorySeparatorChar).Contains("ref"));

long SizeOf(string project) => Directory.EnumerateFiles(Path.Combine(root, Path.GetDirectoryName(project)!), "*.cs", SearchOption.AllDirectories)
    .Where(IsNotGenerated)
    .Sum(path => new FileInfo(path).Length);

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

int Dotnet(params string[] arguments)
{
    // Ctrl+C reaches the child, too, which may have hosts to stop.
    using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
    using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root })!;
    process.WaitForExit();
    return process.ExitCode;
}

// A build ends before it gains from code that was compiled again, unless that is called very often (0x800 times).
(int ExitCode, string Output) Capture(params string[] arguments) =>
    CaptureWith([new("DOTNET_TieredPGO", "0"), new("DOTNET_TC_CallCountThreshold", "0x800")], arguments);

(int ExitCode, string Output) CaptureWith(KeyValuePair<string, string?>[] environment, params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
    foreach ((string name, string? value) in environment)
        start.Environment[name] = value;
    using Process process = Process.Start(start)!;
    Task<string> error = process.StandardError.ReadToEndAsync();
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, output + error.Result);
}

static string ThisFile([CallerFilePath] string path = "") => path;

/// <summary>What became of the tests of a project; without any, of a host that crashed or a filter that found none, it is a failure.</summary>
internal sealed record TestRun(int Passed, int Failed, int Skipped, bool IsSuccess)
{
    public string SkippedBecause { get; private init; } = "";

    public static TestRun Read(string trx, int exitCode, bool mayBeSkipped)
    {
        if (!File.Exists(trx))
            return new TestRun(0, 0, 0, IsSuccess: false);
        XDocument results = XDocument.Load(trx);
        XElement counters = results.Descendants().First(element => element.Name.LocalName == "Counters");
        int Count(string name) => int.Parse(counters.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
        (int passed, int failed) = (Count("passed"), Count("failed"));
        string[] reasons =
        [
            .. results.Descendants().Where(element => element.Attribute("outcome")?.Value == "NotExecuted")
                .SelectMany(element => element.Descendants()).Where(element => element.Name.LocalName == "Message").Select(element => element.Value).Distinct(),
        ];
        return new TestRun(passed, failed, Count("total") - Count("executed"), exitCode == 0 && failed == 0 && (passed > 0 || (mayBeSkipped && Count("total") > 0)))
        {
            SkippedBecause = reasons.Length == 0 ? "" : $" ({string.Join("; ", reasons)})",
        };
    }
}

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
