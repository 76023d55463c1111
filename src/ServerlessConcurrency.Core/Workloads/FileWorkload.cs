using Microsoft.Win32.SafeHandles;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// Writes a file of the size in KiB, flushes it to the disk, reads it back (mostly from the page cache), verifies it and
/// deletes it. No operating system that .NET runs on flushes asynchronously, so the awaiting form flushes on a pool thread, as
/// .NET itself does for its asynchronous file access on Unix; it has at most <see cref="MostOpenFiles"/> files open at once,
/// because a process that is out of file handles is not only slow but lost.
/// </summary>
/// <param name="environment">Tells the folder to write in.</param>
public sealed class FileWorkload(WorkloadEnvironment environment) : Workload
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string WorkloadKind = "file";

    /// <summary>How many files the awaiting form has open at once in one process, whatever the number of tasks.</summary>
    public const int MostOpenFiles = 256;

    private static readonly SemaphoreSlim OpenFiles = new(MostOpenFiles);

    // A process id alone comes back, in containers after every restart, and may meet the file of a process that was killed.
    private static readonly string ThisProcess = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
    private static int _files;

    /// <inheritdoc/>
    public override string Kind => WorkloadKind;

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.IoBound;

    /// <inheritdoc/>
    public override string SizeUnit => "KiB";

    /// <inheritdoc/>
    public override long MaxSize => 65_536;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        using var content = new ContentBuffers(task);
        string path = NewPath();
        int got = execution.Wait((path, content), static file =>
        {
            using SafeFileHandle handle = Open(file.path, FileOptions.None);
            RandomAccess.Write(handle, file.content.Written.Span, fileOffset: 0);
            RandomAccess.FlushToDisk(handle);
            return ReadFully(handle, file.content.Read.Span);
        });
        return content.Verify(got, path);
    }

    /// <inheritdoc/>
    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        await OpenFiles.WaitAsync(execution.CancellationToken);
        try
        {
            return await WriteAndReadAsync(task, execution);
        }
        finally
        {
            OpenFiles.Release();
        }
    }

    private async Task<ulong> WriteAndReadAsync(TaskInput task, Execution execution)
    {
        using var content = new ContentBuffers(task);
        string path = NewPath();
        using SafeFileHandle handle = Open(path, FileOptions.Asynchronous);
        await RandomAccess.WriteAsync(handle, content.Written, fileOffset: 0, execution.CancellationToken);
        await Task.Run(() => RandomAccess.FlushToDisk(handle), execution.CancellationToken);
        int got = 0;
        int more;
        do
        {
            more = await RandomAccess.ReadAsync(handle, content.Read[got..], got, execution.CancellationToken);
            got += more;
        }
        while (more > 0 && got < content.Read.Length);
        return content.Verify(got, path);
    }

    private static SafeFileHandle Open(string path, FileOptions options) => File.OpenHandle(
        path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose | options);

    private static int ReadFully(SafeFileHandle handle, Span<byte> buffer)
    {
        int got = 0;
        int more;
        do
        {
            more = RandomAccess.Read(handle, buffer[got..], got);
            got += more;
        }
        while (more > 0 && got < buffer.Length);
        return got;
    }

    private string NewPath() => Path.Combine(
        environment.FileFolder, $"sconc-{ThisProcess}-{Interlocked.Increment(ref _files)}.tmp");
}
