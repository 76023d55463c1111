// What the code that reports show leaves to the reader.
public sealed record Item(int Number);

public sealed record Result(int Value);

public static class Work
{
    public static Result Do(Item item) => new(2 * item.Number);

    public static async Task<Result> DoAsync(Item item, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        return Do(item);
    }
}
