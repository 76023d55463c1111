using System.Text.Json;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.Tests.Python;

public sealed class PythonScriptTests : ClaimTest
{
    [ClaimTheory]
    [InlineData("primes", 1_000)]
    [InlineData("sha256", 20)]
    [InlineData("delay", 2)]
    public async Task The_workloads_compute_what_those_of_dotnet_compute(string kind, int size)
    {
        PythonInterpreter python = await FindAsync();
        var script = new PythonScript(
            "checksums", "import json, sys\nfrom workload import WORKLOADS\no = json.loads(sys.argv[1])\n"
            + "print(json.dumps([f\"{WORKLOADS[o['kind']](o['size'], index, o['seed']):016x}\" for index in range(3)]))");

        string[] checksums = await python.RunAsync<string[]>(script, new { Kind = kind, Size = size, Seed = -7 }, Patience);

        Workload workload = BuiltInWorkloads.Create(new WorkloadEnvironment()).Single(known => known.Kind == kind);
        Assert.Equal(
            Enumerable.Range(0, 3).Select(index => Checksum.Format(workload.Execute(new TaskInput(size, index, -7), new Execution(Patience)))),
            checksums);
    }

    [ClaimFact]
    public async Task What_a_script_dies_of_is_told()
    {
        PythonInterpreter python = await FindAsync();

        PythonException died = await Assert.ThrowsAsync<PythonException>(
            () => python.RunAsync<int>(new PythonScript("raises", "raise ValueError('no such thing')"), new { }, Patience));
        Assert.Contains("ended with exit code 1", died.Message, StringComparison.Ordinal);
        Assert.Contains("ValueError: no such thing", died.Message, StringComparison.Ordinal);

        PythonException babbled = await Assert.ThrowsAsync<PythonException>(
            () => python.RunAsync<int>(new PythonScript("babbles", "print('hello')"), new { }, Patience));
        Assert.Contains("babbles.py printed something else than its result: hello", babbled.Message, StringComparison.Ordinal);
    }

    [ClaimFact]
    public async Task A_script_that_takes_too_long_is_ended_with_its_children()
    {
        string started = Path.Combine(Context.Folder, "started");
        var script = new PythonScript(
            "hangs", "import json, os, subprocess, sys, time\nfolder = json.loads(sys.argv[1])['folder']\n"
            + "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600)'])\n"
            + "open(folder + '/starting', 'w').write(str(child.pid))\n"
            + "os.rename(folder + '/starting', folder + '/started')\ntime.sleep(3600)");

        // As long as this machine needs to start the child; most need a fraction of a second.
        for (int seconds = 2; !File.Exists(started); seconds *= 2)
        {
            PythonException exception = await Assert.ThrowsAsync<PythonException>(
                () => PythonScript.RunAsync<int>(
                    OperatingSystem.IsWindows() ? "python" : "python3",
                    script,
                    JsonSerializer.Serialize(new { folder = Context.Folder }),
                    TimeSpan.FromSeconds(seconds),
                    Patience));
            Assert.Equal($"hangs.py took longer than {seconds} s and was ended", exception.Message);
        }

        int child = int.Parse(await File.ReadAllTextAsync(started, Patience), System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.True(() => !SystemProcesses.IsRunning(child), "the script's child is gone");
    }

    [ClaimFact]
    public async Task An_interpreter_that_is_missing_or_none_is_no_interpreter()
    {
        PythonSearchResult missing = await PythonInterpreter.FindAsync("no-such-python", Patience);
        Assert.Null(missing.Interpreter);
        Assert.Contains("'no-such-python' cannot be started", missing.WhyNone, StringComparison.Ordinal);

        PythonSearchResult other = await PythonInterpreter.FindAsync("true", Patience);
        Assert.Null(other.Interpreter);
        Assert.StartsWith("no CPython was found: ", other.WhyNone, StringComparison.Ordinal);

        PythonSearchResult folder = await PythonInterpreter.FindAsync(Context.Folder, Patience);
        Assert.Equal($"'{Context.Folder}' is a folder, not an interpreter", folder.WhyNone);
        string nothing = Path.Combine(Context.Folder, "python");
        Assert.Equal($"'{nothing}' does not exist", (await PythonInterpreter.FindAsync(nothing, Patience)).WhyNone);
    }

    [LinuxFact]
    public async Task What_an_interpreter_says_of_itself_decides()
    {
        Assert.Equal("CPython 3.14.0 (free-threaded)", (await ProbeAsync(
            """{ "implementation": "CPython", "version": [3, 14, 0], "gil_enabled": false, "start_methods": [ "fork" ] }""")).Interpreter!.Description);
        Assert.Contains("is CPython 3.7.9; the scripts need 3.8 or later", (await ProbeAsync(
            """{ "implementation": "CPython", "version": [3, 7, 9], "gil_enabled": true, "start_methods": [ "fork" ] }""")).WhyNone, StringComparison.Ordinal);
        Assert.Contains("is PyPy, not CPython", (await ProbeAsync("""{ "implementation": "PyPy" }""")).WhyNone, StringComparison.Ordinal);
        Assert.Contains("does not tell its version", (await ProbeAsync("""{ "implementation": "CPython" }""")).WhyNone, StringComparison.Ordinal);
    }

    // A program that answers the first question as an interpreter does.
    private async Task<PythonSearchResult> ProbeAsync(string facts)
    {
        string program = Path.Combine(Context.Folder, $"python-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho '{facts}'\n", Patience);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return await PythonInterpreter.FindAsync(program, Patience);
    }

    private async Task<PythonInterpreter> FindAsync()
    {
        PythonSearchResult python = await PythonInterpreter.FindAsync(null, Patience);
        return python.Interpreter ?? throw new InvalidOperationException(python.WhyNone);
    }
}
