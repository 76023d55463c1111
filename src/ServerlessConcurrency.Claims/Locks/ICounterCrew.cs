namespace ServerlessConcurrency.Claims.Locks;

internal interface ICounterCrew : IDisposable
{
    int Size { get; }

    /// <summary>What they are, see <see cref="CounterTrial.Scope"/>.</summary>
    string Scope { get; }

    /// <summary>Lets workers increment the counter, which begins at 0, all at once, see <see cref="CountingInTurns"/>. Blocks.</summary>
    /// <param name="workers">How many of them, 1 to <see cref="Size"/>.</param>
    (long Counted, IReadOnlyList<CountingInTurns.Stint> Stints) Run(IncrementWay way, int workers);
}
