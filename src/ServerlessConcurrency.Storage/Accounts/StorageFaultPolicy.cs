using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>
/// Stands outside of the retries of every client and turns what is left of a failure into
/// <see cref="StorageUnavailableException"/>, so that no caller has to know how the SDK words it. Names the endpoint,
/// never a key or a signature.
/// </summary>
internal sealed class StorageFaultPolicy : HttpPipelinePolicy
{
    /// <summary>In every answer of Azure Storage and of its emulators (Blob service REST API, "Common REST API response headers").</summary>
    private const string RequestIdHeader = "x-ms-request-id";

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception exception) when (Translate(message, exception) is { } translated)
        {
            throw translated;
        }

        ThrowIfRefused(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(message, exception) is { } translated)
        {
            throw translated;
        }

        ThrowIfRefused(message);
    }

    // Cancelled between two tries, the SDK throws what the tries threw.
    private static Exception? Translate(HttpMessage message, Exception exception) =>
        !IsFault(exception) ? null
        : message.CancellationToken.IsCancellationRequested ? new OperationCanceledException(null, exception, message.CancellationToken)
        : Unreachable(message, exception);

    private static bool IsFault(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.All(IsFault),
        RequestFailedException or IOException or HttpRequestException or OperationCanceledException => true,
        AuthenticationFailedException => true,
        _ => false,
    };

    private static StorageUnavailableException Unreachable(HttpMessage message, Exception exception)
    {
        string endpoint = Endpoint(message);
        if (exception is AuthenticationFailedException)
        {
            return new StorageUnavailableException(
                $"no identity to use the storage account at {endpoint} with: {FirstLine(exception)} " +
                "Sign in with `az login`, or pass a connection string to --connection", exception);
        }

        string tried = PatientRetryPolicy.Elapsed(message).TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return new StorageUnavailableException(
            $"storage at {endpoint} did not answer, tried for {tried} s: {Reason(exception)}. {Advice(message)}", exception);
    }

    private static void ThrowIfRefused(HttpMessage message)
    {
        Response response = message.Response;
        string code = response.Headers.TryGetValue("x-ms-error-code", out string? value) ? $" {value}" : "";
        if (response.Status is 401 or 403)
        {
            throw new StorageUnavailableException(
                $"storage at {Endpoint(message)} refused access ({response.Status}{code}). With a connection string, check its " +
                "key or signature; with an account name, give your identity the roles Storage Table, Blob and Queue Data " +
                "Contributor, and check the account's network rules");
        }

        if (response.Status is 408 or 429 or >= 500)
        {
            string tried = PatientRetryPolicy.Elapsed(message).TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            throw new StorageUnavailableException(
                $"storage at {Endpoint(message)} answered {response.Status}{code}, tried for {tried} s. {Advice(message)}");
        }

        if (!response.Headers.Contains(RequestIdHeader))
        {
            throw new StorageUnavailableException(
                $"what answers at {Endpoint(message)} is no Azure Storage: {response.Status} {response.ReasonPhrase}. Check the address in --connection, " +
                "or what listens there");
        }

        // The others are answers that callers ask for: it is not there, is there already, or is somebody else's by now.
        if (response.Status is >= 400 and not (404 or 409 or 412 or 416) && value != QueueErrorCode.PopReceiptMismatch)
        {
            throw new StorageUnavailableException(
                $"storage at {Endpoint(message)} refused the request ({response.Status}{code}). " + (response.Headers.TryGetValue("Server", out string? server) &&
                server.StartsWith("Azurite", StringComparison.Ordinal)
                    ? $"This is {server}: a newer one, or its option --skipApiVersionCheck, may take it"
                    : "Check the address in --connection, and that the account is a general-purpose one with blobs, queues and tables"));
        }
    }

    private static string Reason(Exception exception)
    {
        Exception last = exception is AggregateException many ? many.InnerExceptions[^1] : exception;
        return last is OperationCanceledException ? "no response within the network timeout" : FirstLine(last).TrimEnd('.');
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n', 2)[0].Trim();

    private static string Endpoint(HttpMessage message) =>
        message.Request.Uri.ToUri().GetLeftPart(UriPartial.Authority);

    private static string Advice(HttpMessage message) => message.Request.Uri.ToUri().IsLoopback
        ? "Is the storage emulator still running? --connection auto starts one, --connection none runs without storage"
        : "Check the account's name and the network, or use --connection none to run without storage";
}
