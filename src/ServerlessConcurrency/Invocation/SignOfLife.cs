namespace ServerlessConcurrency.Invocation;

/// <summary>Tells the program that reads events from time to time that this one runs.</summary>
internal sealed class SignOfLife : IDisposable
{
    private readonly ManualResetEventSlim _hasEnded = new();
    private readonly Thread _thread;

    public SignOfLife()
    {
        // What is measured may take every thread of the pool.
        _thread = new Thread(Tell) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _hasEnded.Set();
        _thread.Join();
        _hasEnded.Dispose();
    }

    private void Tell()
    {
        do
            new ProgramEvent(IsAlive: true).Write();
        while (!_hasEnded.Wait(ProgramEvent.AliveInterval));
    }
}
