using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;

public class QueuedWork
{
    [Function("DoWork")]
    public Task DoAsync([QueueTrigger("work")] Item item, CancellationToken cancellationToken) => Work.DoAsync(item, cancellationToken);

    public static Task SendAsync(QueueClient queue, IEnumerable<Item> items, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items, cancellationToken, async (item, token) => await queue.SendMessageAsync(BinaryData.FromObjectAsJson(item), cancellationToken: token));
}
