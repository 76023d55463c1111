namespace ServerlessConcurrency.Core.Queueing;

/// <summary>A message taken from the queue: invisible to others until its visibility timeout ends.</summary>
/// <param name="Task">The task; null where the message could not be read as one.</param>
/// <param name="Body">The message as it came.</param>
/// <param name="PopReceipt">What proves that this receiver holds the message; renewing it gives a new one.</param>
/// <param name="DeliveryCount">1 for the first delivery.</param>
public sealed record ReceivedTask(QueuedTask? Task, string Body, string MessageId, string PopReceipt, long DeliveryCount);
