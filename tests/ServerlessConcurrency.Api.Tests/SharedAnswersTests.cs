using System.Collections.Concurrent;
using ServerlessConcurrency.Api.Endpoints;

namespace ServerlessConcurrency.Api.Tests;

public class SharedAnswersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<TaskCompletionSource<int>> _asked = new();

    [Fact]
    public async Task Whoever_asks_while_an_answer_is_awaited_shares_the_next_one()
    {
        var answers = new SharedAnswers<string, int>(_ => AskAsync());
        Task<int> first = answers.GetAsync("page");
        TaskCompletionSource<int> one = await AskedAsync();
        Task<int>[] later = [answers.GetAsync("page"), answers.GetAsync("page")];
        Assert.Empty(_asked);

        one.SetResult(1);
        Assert.Equal(1, await first.WaitAsync(Limit));
        (await AskedAsync()).SetResult(2);
        int[] shared = await Task.WhenAll(later).WaitAsync(Limit);
        Assert.Equal([2, 2], shared);

        Task<int> last = answers.GetAsync("page");
        (await AskedAsync()).SetResult(3);
        Assert.Equal(3, await last.WaitAsync(Limit));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_failure_is_told_to_those_who_asked_and_not_to_those_after_them()
    {
        var answers = new SharedAnswers<string, int>(_ => AskAsync());
        Task<int> first = answers.GetAsync("page");
        TaskCompletionSource<int> one = await AskedAsync();
        Task<int> later = answers.GetAsync("page");

        one.SetException(new IOException("it is away"));
        await Assert.ThrowsAsync<IOException>(() => first.WaitAsync(Limit));
        (await AskedAsync()).SetResult(2);
        Assert.Equal(2, await later.WaitAsync(Limit));
    }

    [Fact]
    public async Task Other_questions_are_asked_at_once()
    {
        var answers = new SharedAnswers<string, int>(_ => AskAsync());
        Task<int>[] both = [answers.GetAsync("page"), answers.GetAsync("another")];
        TaskCompletionSource<int>[] asked = [await AskedAsync(), await AskedAsync()];
        Array.ForEach(asked, each => each.SetResult(4));
        int[] answered = await Task.WhenAll(both).WaitAsync(Limit);
        Assert.Equal([4, 4], answered);
    }

    private Task<int> AskAsync()
    {
        var asked = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Enqueue(asked);
        return asked.Task;
    }

    private async Task<TaskCompletionSource<int>> AskedAsync()
    {
        TaskCompletionSource<int>? asked = null;
        await Eventually.True(() => _asked.TryDequeue(out asked), "it is asked");
        return asked!;
    }
}
