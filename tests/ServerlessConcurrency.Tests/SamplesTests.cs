using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

/// <summary>The samples as their readers start them: programs of their own, which start themselves again as child processes.</summary>
public partial class SamplesTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    // Fewer than the samples' own, which are many enough to be measured.
    private const int Tasks = 6;

    [Fact]
    public Task Thumbnails_compute_the_same_in_one_process_and_in_several() => AssertEqualAsync("Thumbnails", WorkloadNature.CpuBound);

    [Fact]
    public async Task Prices_are_the_same_in_one_process_and_in_several()
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/");
        using Process api = Start("Prices", folder: AppContext.BaseDirectory, ("PRICE_API", address), "api");
        try
        {
            Assert.StartsWith("Serving", await api.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            await AssertEqualAsync("Prices", WorkloadNature.IoBound, ("PRICE_API", address));
        }
        finally
        {
            api.Kill();
        }
    }

    [Fact]
    public Task Turnovers_are_the_same_in_one_process_and_in_several() => AssertEqualAsync("Orders", nature: null, ("ORDERS_STORAGE", storage.ConnectionString));

    [Fact]
    public async Task A_program_without_a_spec_measures_its_workload_in_both_versions()
    {
        using var folder = new TemporaryFolder();
        using Process lab = Start(
            "Thumbnails", folder.Path, variable: null, "run", "--against", Repository.PathOf("samples", "Thumbnails", "bin", "Release", "net10.0", "Thumbnails.dll"), "-m", "sequential",
            "--connection", "none", "--rounds", "1", "--warmup-rounds", "0", "--min-run-ms", "0", "--json");
        Task<string> error = lab.StandardError.ReadToEndAsync();
        string output = await lab.StandardOutput.ReadToEndAsync();
        await lab.WaitForExitAsync();

        Assert.True(lab.ExitCode == 0, await error);
        ExperimentDocument experiment = JsonSerializer.Deserialize<ExperimentDocument>(output, ExperimentJson.Compact)!;
        Assert.Equal(["thumbnail", "thumbnail@against"], experiment.Runs.Select(run => run.Workload).Order());
        Assert.Equal("thumbnail", Assert.Single(experiment.Versions!.Runs).Workload);
    }

    [Theory]
    [InlineData("Prices list", "show", "20260131-093000-none", "--connection", "none")]
    [InlineData("Prices compare", "run", "--fail-above", "1.10", "--connection", "none")]
    [InlineData("Prices run --help", "run", "--rounds")]
    public async Task A_program_names_itself_where_it_names_a_command(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using Process lab = Start("Prices", folder.Path, variable: null, arguments);
        Task<string> output = lab.StandardOutput.ReadToEndAsync();

        string error = await lab.StandardError.ReadToEndAsync();

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("sconc", error + await output, StringComparison.Ordinal);
    }

    // A message that names a command has to ask what the program is called; only help's examples are turned into its name for all.
    [Fact]
    public void No_message_names_a_command_of_sconc_as_such() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(path => File.ReadLines(path).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"))
            .Where(line => NamesCommand().IsMatch(line)),
        line => !line.Contains(": //", StringComparison.Ordinal) && !line.Contains(": (\"sconc ", StringComparison.Ordinal) && !line.Contains("OfProgram(", StringComparison.Ordinal));

    [GeneratedRegex(@"\bsconc [a-z]+")]
    private static partial Regex NamesCommand();

    private static async Task AssertEqualAsync(string sample, WorkloadNature? nature, (string Name, string Value)? variable = null)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(Repository.PathOf("samples", sample), "*.json"))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        string path = Path.Combine(folder.Path, "spec.json");
        JsonNode spec = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        spec["workloads"]![0]!["tasks"] = Tasks;
        await File.WriteAllTextAsync(path, spec.ToJsonString());
        using Process lab = Start(
            sample, folder.Path, variable, "run", path, "-m", "sequential,async,processes", "--connection", "none", "--rounds", "1", "--warmup-rounds", "0",
            "--min-run-ms", "0", "--json");
        Task<string> error = lab.StandardError.ReadToEndAsync();
        string output = await lab.StandardOutput.ReadToEndAsync();
        await lab.WaitForExitAsync();

        Assert.True(lab.ExitCode == 0, await error);
        ExperimentDocument experiment = JsonSerializer.Deserialize<ExperimentDocument>(output, ExperimentJson.Compact)!;
        Assert.Equal(3, experiment.Runs.Count(run => run.IsValid));
        Assert.Single(experiment.Runs.Select(run => run.Checksum).Distinct());
        Assert.Equal(TaskResults.Compared, experiment.Spec.Workloads[0].Results);
        Assert.True(nature is null || experiment.Spec.Workloads[0].Nature == nature, $"{experiment.Spec.Workloads[0].Nature}");
    }

    private static Process Start(string sample, string folder, (string Name, string Value)? variable, params string[] arguments)
    {
        string executable = Repository.PathOf("samples", sample, "bin", "Release", "net10.0", OperatingSystem.IsWindows() ? $"{sample}.exe" : sample);
        var start = new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variable is { } set)
            start.Environment[set.Name] = set.Value;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
