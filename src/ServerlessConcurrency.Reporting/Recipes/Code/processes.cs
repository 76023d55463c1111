using System.Diagnostics;

public static class InProcesses
{
    private const int AtOnce = 2;

    // The program itself with another argument reads an item a line and writes a result a line.
    public static async Task<string[]> RunAsync(IReadOnlyList<string> items, ProcessStartInfo worker)
    {
        var results = new string[items.Count];
        int next = -1;
        worker.RedirectStandardInput = worker.RedirectStandardOutput = true;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            using Process process = Process.Start(worker)!;
            for (int i; (i = Interlocked.Increment(ref next)) < items.Count;)
            {
                await process.StandardInput.WriteLineAsync(items[i]);
                results[i] = await process.StandardOutput.ReadLineAsync() ?? throw new IOException("a worker has ended");
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }));
        return results;
    }
}
