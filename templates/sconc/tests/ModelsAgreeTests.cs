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
        foreach (IGrouping<string?, JsonElement> ofWorkload in runs.GroupBy(run => Text(run, "workload")))
            Assert.Single(ofWorkload.GroupBy(run => Text(run, "checksum"), run => Text(run, "model")));
        Assert.Empty(runs.Where(run => run.GetProperty("failed").GetInt32() > 0).Select(run => Text(run, "model")));
    }

    private static string? Text(JsonElement run, string property) => run.GetProperty(property).GetString();

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
        Assert.NotEmpty(output);
        return JsonDocument.Parse(output);
    }
}
