using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Storage.Tests.Accounts;

namespace ServerlessConcurrency.Storage.Tests.Queues;

/// <summary>What Azure answers and an emulator never does.</summary>
public sealed class RefusedByAzureTests
{
    private const string Id = "20260131-093000-aaaa";
    private const int Guard = 120_000;
    private static readonly TaskAttempt Attempt = new(0, 1, new HostIdentity("a", 1), 1, 0, 0, 1, 1, TaskOutcome.Succeeded);

    [Fact(Timeout = Guard)]
    public async Task A_transaction_that_is_refused_because_the_storage_is_busy_is_sent_again()
    {
        using OtherServer busy = OtherServer.RefusingTransactions(times: 2);

        await new StorageTaskResults(Account(busy)).WriteAsync(Id, "r1", 0, [Attempt]);

        Assert.Equal(3, busy.Requests);
    }

    [Fact(Timeout = Guard)]
    public async Task A_transaction_that_is_refused_again_and_again_is_an_error_that_waiting_helps_against()
    {
        using OtherServer busy = OtherServer.RefusingTransactions(times: int.MaxValue);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => new StorageTaskResults(Account(busy)).WriteAsync(Id, "r1", 0, [Attempt]));

        Assert.Contains("503 ServerBusy", exception.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData("QueueBeingDeleted")]
    [InlineData("TableBeingDeleted")]
    public async Task What_is_still_being_deleted_is_told_with_when_to_try_again(string code)
    {
        using OtherServer deleting = OtherServer.Refusing(409, code, "Windows-Azure");
        var backend = new StorageQueueBackend(Account(deleting));

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => code.StartsWith("Queue", StringComparison.Ordinal) ? backend.OpenQueue(Id).CreateAsync() : backend.Results.CreateAsync(Id));

        Assert.Contains($"still deleting what this program needs (409 {code})", exception.Message, StringComparison.Ordinal);
    }

    private static StorageAccount Account(OtherServer server) =>
        StorageAccount.Parse(new AzuriteEndpoints(server.Port, server.Port, server.Port).ConnectionString);
}
