using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>Blob container <c>reports</c>: the files of experiments, one virtual folder for each.</summary>
internal sealed class ReportContainer : IDisposable
{
    /// <summary>Small enough that each part of a large file is sent within the network timeout over a slow line.</summary>
    private const int PartBytes = 4 * 1024 * 1024;

    private readonly BlobContainerClient _container;
    private readonly CreateOnce _creation;

    public ReportContainer(StorageAccount account)
    {
        _container = account.Blobs.GetBlobContainerClient(account.Names.Reports);
        _creation = new CreateOnce(cancellationToken => _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
    }

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => _creation.EnsureAsync(cancellationToken);

    public async Task WriteAsync(string experimentId, string fileName, Stream content, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = ContentType(fileName) },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = PartBytes, MaximumTransferSize = PartBytes },
        };
        await Blob(experimentId, fileName).UploadAsync(content, options, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Deletes an experiment's files; safe to repeat.</summary>
    public async Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        bool any = false;
        var files = new GetBlobsOptions { Prefix = experimentId + "/" };
        await foreach (BlobItem file in _container.GetBlobsAsync(files, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            await _container.DeleteBlobIfExistsAsync(file.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        return any;
    }

    public void Dispose() => _creation.Dispose();

    private BlobClient Blob(string experimentId, string fileName) => _container.GetBlobClient($"{experimentId}/{fileName}");

    private static string ContentType(string fileName) => Path.GetExtension(fileName) switch
    {
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".md" => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    };
}
