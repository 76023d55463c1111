public static class OnOneThread
{
    // Needs a thread with a loop, e.g. AsyncContext.Run of the package Nito.AsyncEx: what computes holds up all the rest.
    public static Task<Result[]> RunAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken) =>
        Task.WhenAll(items.Select(item => Work.DoAsync(item, cancellationToken)));
}
