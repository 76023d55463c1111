public static class Sequentially
{
    public static Result[] Run(IReadOnlyList<Item> items)
    {
        var results = new Result[items.Count];
        for (int i = 0; i < items.Count; i++)
            results[i] = Work.Do(items[i]);
        return results;
    }
}
