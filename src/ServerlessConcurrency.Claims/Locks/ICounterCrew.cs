namespace ServerlessConcurrency.Claims.Locks;

/// <summary>Workers that increment one counter.</summary>
internal interface ICounterCrew : IDisposable
{
    /// <summary>How many workers there are.</summary>
    int Size { get; }

    /// <summary>What they are, see <see cref="CounterTrial.Scope"/>.</summary>
    string Scope { get; }

    /// <summary>Lets workers increment the counter, which begins at 0, all at once. Blocks.</summary>
    /// <param name="way">How they do it.</param>
    /// <param name="workers">How many of them, 1 to <see cref="Size"/>.</param>
    /// <param name="increments">How many times each.</param>
    /// <returns>What the counter said in the end, and how long it took in seconds.</returns>
    (long Counted, double Seconds) Run(IncrementWay way, int workers, int increments);
}
