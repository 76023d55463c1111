using System.Globalization;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>A blob container with files of experiments, one virtual folder for each.</summary>
internal sealed class FileContainer : IDisposable
{
    /// <summary>Small enough that each part of a large file is sent within the network timeout over a slow line.</summary>
    internal const int PartBytes = 4 * 1024 * 1024;

    private const int DeletionsAtOnce = 16;

    private readonly BlobContainerClient _container;
    private readonly CreateOnce _creation;

    public FileContainer(StorageAccount account, string name)
    {
        _container = account.Blobs.GetBlobContainerClient(name);
        _creation = new CreateOnce(cancellationToken => _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
    }

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => _creation.EnsureAsync(cancellationToken);

    public async Task WriteAsync(string experimentId, string fileName, Stream content, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = ContentType(fileName) },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = PartBytes, MaximumTransferSize = PartBytes },
        };
        long start = content.Position;
        await _creation.UseAsync(
            () =>
            {
                content.Position = start;
                return Blob(experimentId, fileName).UploadAsync(content, options, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<Stream?> OpenAsync(string experimentId, string fileName, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadStreamingResult blob = await Blob(experimentId, fileName)
                .DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return blob.Content;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Opens a file to read here and there in it: what is asked for is fetched in parts, a small file as a whole. The caller disposes of it.
    /// </summary>
    public async Task<Stream?> OpenSeekableAsync(string experimentId, string fileName, CancellationToken cancellationToken)
    {
        BlobClient blob = Blob(experimentId, fileName);
        try
        {
            using BlobDownloadStreamingResult first = await blob
                .DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(0, PartBytes) }, cancellationToken).ConfigureAwait(false);
            if (first.Details.ContentRange is { } range && range.Split('/')[1] != first.Details.ContentLength.ToString(CultureInfo.InvariantCulture))
                return await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = PartBytes }, cancellationToken).ConfigureAwait(false);
            var whole = new MemoryStream((int)first.Details.ContentLength);
            await first.Content.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
            whole.Position = 0;
            return whole;
        }
        catch (RequestFailedException exception) when (exception.Status == 416)
        {
            // Of an empty file there is no part.
            return new MemoryStream();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes one file; safe to repeat.</summary>
    public async Task DeleteAsync(string experimentId, string fileName, CancellationToken cancellationToken) =>
        await Blob(experimentId, fileName).DeleteIfExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes an experiment's files; safe to repeat.</summary>
    public async Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken)
    {
        int deleted = 0;
        var files = new GetBlobsOptions { Prefix = experimentId + "/" };
        return await _creation.UseAsync(
            async () =>
            {
                await Parallel.ForEachAsync(
                    _container.GetBlobsAsync(files, cancellationToken),
                    new ParallelOptions { MaxDegreeOfParallelism = DeletionsAtOnce, CancellationToken = cancellationToken },
                    async (file, cancelled) =>
                    {
                        await _container.DeleteBlobIfExistsAsync(file.Name, cancellationToken: cancelled).ConfigureAwait(false);
                        Interlocked.Increment(ref deleted);
                    }).ConfigureAwait(false);
                return deleted > 0;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _creation.Dispose();

    private BlobClient Blob(string experimentId, string fileName) => _container.GetBlobClient($"{experimentId}/{fileName}");

    private static string ContentType(string fileName) => Path.GetExtension(fileName) switch
    {
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".parquet" => "application/vnd.apache.parquet",
        ".md" => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    };
}
