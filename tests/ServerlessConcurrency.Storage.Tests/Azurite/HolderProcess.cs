using System.Diagnostics;

namespace ServerlessConcurrency.Storage.Tests.Azurite;

/// <summary>A real program that uses the emulator of a folder, see Program.cs.</summary>
internal sealed class HolderProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HolderProcess(Process process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public static async Task<HolderProcess> StartAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HolderProcess).Assembly.Location, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string? connectionString = await process.StandardOutput.ReadLineAsync();
        Assert.NotNull(connectionString);
        return new HolderProcess(process, connectionString);
    }

    /// <summary>Ends it as `kill -9` does: it cannot clean up anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
