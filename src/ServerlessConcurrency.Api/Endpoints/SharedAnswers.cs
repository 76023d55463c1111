namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Asks once for all who want to know the same at the same time. Each gets an answer that was asked for after it came. Safe for all threads.</summary>
/// <param name="ask">Asks; nobody's cancellation ends it.</param>
internal sealed class SharedAnswers<TQuestion, TAnswer>(Func<TQuestion, Task<TAnswer>> ask)
    where TQuestion : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TQuestion, (Task<TAnswer> Current, Task<TAnswer>? Next)> _asked = [];

    public Task<TAnswer> GetAsync(TQuestion question)
    {
        lock (_lock)
        {
            if (!_asked.TryGetValue(question, out (Task<TAnswer> Current, Task<TAnswer>? Next) asked))
            {
                Task<TAnswer> first = AskAsync(question, before: Task.CompletedTask);
                _asked[question] = (first, null);
                return first;
            }

            // What is under way may have seen the state before this one came.
            Task<TAnswer> next = asked.Next ?? AskAsync(question, before: asked.Current);
            _asked[question] = (asked.Current, next);
            return next;
        }
    }

    private async Task<TAnswer> AskAsync(TQuestion question, Task before)
    {
        // Not within the lock.
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await ask(question);
        }
        finally
        {
            lock (_lock)
            {
                if (_asked[question].Next is { } next)
                    _asked[question] = (next, null);
                else
                    _asked.Remove(question);
            }
        }
    }
}
