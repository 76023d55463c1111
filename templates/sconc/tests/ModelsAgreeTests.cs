using System.Diagnostics;
using System.Text.Json;
using Xunit;

public class ModelsAgreeTests
{
    [Fact]
    public async Task Every_model_computes_the_same()
    {
        // Without --connection none also the queue and Durable, for which Azurite needs Node.js.
        using JsonDocument experiment = await RunAsync("run", "spec.json", "--rounds", "1", "--warmup-rounds", "0", "--connection", "none", "--json");

        JsonElement[] runs = [.. experiment.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.NotEmpty(runs);
        Assert.All(runs, run => Assert.Equal(0, run.GetProperty("failed").GetInt32()));
        Assert.All(
            runs.GroupBy(run => run.GetProperty("workload").GetString()),
            ofWorkload => Assert.Single(ofWorkload.Select(run => run.GetProperty("checksum").GetString()).Distinct()));
    }

    private static async Task<JsonDocument> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Passwords).Assembly.Location, .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        };
        using Process program = Process.Start(start)!;
        string output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
        return JsonDocument.Parse(output);
    }
}
