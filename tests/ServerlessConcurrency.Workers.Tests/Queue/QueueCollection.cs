namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>The tests that need the storage of <see cref="QueueStorage"/>.</summary>
[CollectionDefinition(Name)]
public sealed class QueueCollection : ICollectionFixture<QueueStorage>
{
    public const string Name = "queue";
}
