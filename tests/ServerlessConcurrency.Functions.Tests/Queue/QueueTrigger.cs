using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Functions.Tests.InMemory;
using ServerlessConcurrency.Functions.Triggers;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Functions.Tests.Queue;

/// <summary>Delivers messages to the function as the Functions host does: again if it throws, and at last not at all.</summary>
/// <param name="account">The storage account.</param>
/// <param name="app">The app.</param>
internal sealed class QueueTrigger(StorageAccount account, FunctionsApp app)
{
    private const int MaxDeliveries = 6;
    private readonly StorageTaskResults _results = new(account);
    private readonly QueueClient _queue = account.Queues.GetQueueClient(account.Names.Tasks);

    public ProcessTask Function => new(
        app.Host, new RecentInterest(app.Journal), new QueueTaskHandler(app.Host.Workloads, _results, UtcClock.Instance));

    /// <summary>How many messages were delivered.</summary>
    public int Deliveries { get; private set; }

    /// <summary>Delivers until no message is left.</summary>
    public async Task DrainAsync()
    {
        while (await DeliverAsync())
            continue;
    }

    /// <summary>Delivers until it is stopped.</summary>
    public async Task PumpAsync(CancellationToken stop)
    {
        await _queue.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        while (!stop.IsCancellationRequested)
            if (!await DeliverAsync())
                await Task.Delay(10, CancellationToken.None);
    }

    private async Task<bool> DeliverAsync()
    {
        QueueMessage[] messages = await _queue.ReceiveMessagesAsync(32, TimeSpan.FromSeconds(60));
        foreach (QueueMessage message in messages)
        {
            Deliveries++;
            string text = Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText));
            try
            {
                await Function.RunAsync(text, new Invocation(message.DequeueCount), default);
            }
            catch (InvalidOperationException) when (message.DequeueCount < MaxDeliveries)
            {
                await _queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
                continue;
            }
            catch (InvalidOperationException)
            {
                // It goes to the poison queue.
            }

            await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        return messages.Length > 0;
    }
}
