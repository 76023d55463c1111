using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Workloads;

/// <summary>
/// Uploads a blob of the size in KiB to the configured storage account, downloads it, verifies it and deletes it. Each
/// attempt at a task has a blob of its own, in container <c>workload</c>.
/// </summary>
public sealed class BlobWorkload : Workload, IDisposable
{
    private static readonly string Host = $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}";
    private static readonly StorageTransferOptions OnePartAtATime = new()
    {
        InitialTransferSize = 8 * 1024 * 1024,
        MaximumTransferSize = 8 * 1024 * 1024,
        // How many requests are under way at once is for the concurrency model to decide.
        MaximumConcurrency = 1,
    };

    private static int _blobs;
    private readonly Lazy<BlobContainerClient> _container;
    private readonly CreateOnce _creation;
    private readonly Outage _outage = new();

    public BlobWorkload(WorkloadEnvironment environment)
    {
        _container = new Lazy<BlobContainerClient>(() => Container(environment));
        _creation = new CreateOnce(
            cancellationToken => _outage.GuardAsync(() => _container.Value.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            cancellationToken => _outage.Guard(token => _container.Value.CreateIfNotExists(cancellationToken: token), cancellationToken));
    }

    public override string Kind => "blob";

    public override WorkloadNature Nature => WorkloadNature.IoBound;

    public override string SizeUnit => "KiB";

    public override long MaxSize => 65_536;

    public override bool NeedsStorage => true;

    public override ulong Execute(TaskInput task, Execution execution)
    {
        using var content = new ContentBuffers(task);
        BlobClient blob = NewBlob();
        using MemoryStream source = content.OpenWritten();
        int got = execution.Wait((This: this, blob, source, content.Read, execution.CancellationToken), static transfer => transfer.This._creation.Use(
            static use => use.This._outage.Guard(static of => Transfer(of.blob, of.source, of.Read.Span, of.CancellationToken), use), transfer, transfer.CancellationToken));
        return content.Verify(got, blob.Name);
    }

    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        using var content = new ContentBuffers(task);
        BlobClient blob = NewBlob();
        using MemoryStream source = content.OpenWritten();
        int got = await _creation.UseAsync(
            () => _outage.GuardAsync(() => TransferAsync(blob, source, content.Read, execution.CancellationToken)), execution.CancellationToken);
        return content.Verify(got, blob.Name);
    }

    /// <summary>Lets go of what guards the creation of the container; the blobs are gone already.</summary>
    public void Dispose() => _creation.Dispose();

    private static int Transfer(BlobClient blob, MemoryStream source, Span<byte> target, CancellationToken cancellationToken)
    {
        bool reachable = true;
        try
        {
            source.Position = 0;
            blob.Upload(source, new BlobUploadOptions { TransferOptions = OnePartAtATime }, cancellationToken);
            using Stream content = blob.DownloadStreaming(cancellationToken: cancellationToken).Value.Content;
            return content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (StorageUnavailableException)
        {
            reachable = false;
            throw;
        }
        finally
        {
            // A cancelled run leaves no blob behind either.
            if (reachable)
                blob.DeleteIfExists(cancellationToken: CancellationToken.None);
        }
    }

    private static async Task<int> TransferAsync(
        BlobClient blob, MemoryStream source, Memory<byte> target, CancellationToken cancellationToken)
    {
        bool reachable = true;
        try
        {
            source.Position = 0;
            await blob.UploadAsync(source, new BlobUploadOptions { TransferOptions = OnePartAtATime }, cancellationToken);
            using BlobDownloadStreamingResult download = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken);
            return await download.Content.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            reachable = false;
            throw;
        }
        finally
        {
            if (reachable)
                await blob.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        }
    }

    private static BlobContainerClient Container(WorkloadEnvironment environment)
    {
        string connection = environment.StorageConnection
            ?? throw new InvalidOperationException("the workload `blob` needs storage; use another --connection than none");
        var account = StorageAccount.Parse(connection, StorageOptions.Of(environment) with { CountRequests = true });
        return account.Blobs.GetBlobContainerClient(account.Names.Workload);
    }

    private BlobClient NewBlob() => _container.Value.GetBlobClient($"{Host}-{Interlocked.Increment(ref _blobs)}");
}
