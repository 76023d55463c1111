using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>
/// A Python process that runs a script of this assembly: for every number written to it, it does so many tasks and answers how
/// long they took.
/// </summary>
internal sealed class PythonScript : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private PythonScript(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Starts Python.</summary>
    /// <param name="script">The script's file name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Null where there is no python3 on the path.</returns>
    public static PythonScript? TryStart(string script, params IEnumerable<string> arguments)
    {
        // A file, because worker processes of Python may have to import the script again.
        string folder = Directory.CreateTempSubdirectory("sconc-bench-").FullName;
        string file = Path.Combine(folder, script);
        using (Stream source = typeof(PythonScript).Assembly.GetManifestResourceStream(script)!)
        using (FileStream copy = File.Create(file))
            source.CopyTo(copy);

        var start = new ProcessStartInfo("python3", [file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return new PythonScript(Process.Start(start)!, folder);
        }
        catch (Win32Exception)
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }
    }

    /// <summary>Has tasks done.</summary>
    /// <param name="tasks">How many.</param>
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
