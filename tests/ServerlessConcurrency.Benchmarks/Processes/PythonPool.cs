using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>A Python process with a warm <c>multiprocessing.Pool</c>.</summary>
internal sealed class PythonPool : IDisposable
{
    private const string Script = "python_pool.py";

    private readonly Process _process;
    private readonly string _folder;

    private PythonPool(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Starts Python.</summary>
    /// <returns>Null where there is no python3 on the path.</returns>
    public static PythonPool? TryStart(int degree)
    {
        // A file, because worker processes of Python may have to import the script again.
        string folder = Directory.CreateTempSubdirectory("sconc-bench-").FullName;
        string file = Path.Combine(folder, Script);
        using (Stream script = typeof(PythonPool).Assembly.GetManifestResourceStream(Script)!)
        using (FileStream copy = File.Create(file))
            script.CopyTo(copy);

        var start = new ProcessStartInfo("python3", [file, degree.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return new PythonPool(Process.Start(start)!, folder);
        }
        catch (Win32Exception)
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }
    }

    /// <summary>Executes empty tasks.</summary>
    /// <returns>How long they took, in seconds, as Python measured it.</returns>
    public async Task<double> TimeAsync(int tasks)
    {
        await _process.StandardInput.WriteLineAsync(tasks.ToString(CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
        string line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("Python ended; its error is above");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
