using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.TestHost;

namespace ServerlessConcurrency.Workers.Tests.Processes;

/// <summary>
/// On Flex Consumption the app is not started but loaded, by a native program whose path is that of the process:
/// https://github.com/Azure/azure-functions-dotnet-worker/blob/main/host/src/FunctionsNetHost/AppLoader/AppLoader.cs
/// </summary>
public sealed class ForeignHostTests
{
    private const int GuardMs = 180_000;

    [PythonFact(Timeout = GuardMs)]
    public async Task A_program_that_a_foreign_one_has_loaded_starts_its_child_processes()
    {
        using Process process = Process.Start(ForeignHost.Start(typeof(ProcessesProgram).Assembly.Location, ProcessesProgram.Command))!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();

        Assert.Equal(("", 0), (await errors, process.ExitCode));
        Assert.StartsWith("python", Path.GetFileName(lines[0]), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            Enumerable.Range(0, ProcessesProgram.Order.Tasks)
                .Select(index => HttpWorkload.Answer(ProcessesProgram.Order.Input(index)).ToString(CultureInfo.InvariantCulture)),
            lines[1..].Select(line => line.Trim()));
    }
}
