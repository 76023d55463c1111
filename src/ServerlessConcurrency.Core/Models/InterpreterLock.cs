namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// A global interpreter lock as CPython has had it since 3.2: a waiting thread that has not seen a switch for the switch
/// interval asks the holder to drop the lock; the holder does so at its next checkpoint and waits until another thread has
/// taken it (see Python/ceval_gil.c in CPython and sys.setswitchinterval in its documentation).
/// </summary>
/// <param name="switchInterval">How long a waiter waits before it asks; 5 ms in CPython.</param>
internal sealed class InterpreterLock(TimeSpan switchInterval)
{
    // Two conditions, as in CPython: whoever gives the lock up wakes one waiter, not all, and whoever takes it wakes the
    // thread that was asked to drop it. Where both are locked, _free comes first.
    private readonly object _free = new();
    private readonly object _taken = new();
    private bool _held;
    private int _lastHolder;
    private long _switches;
    private volatile bool _dropRequested;

    /// <summary>How many times the lock passed from one thread to another.</summary>
    public long Switches => Volatile.Read(ref _switches);

    /// <summary>Takes the lock, asking its holder for it after every switch interval.</summary>
    public void Acquire()
    {
        lock (_free)
        {
            while (_held)
            {
                long seen = _switches;
                bool pulsed = Monitor.Wait(_free, switchInterval);
                if (!pulsed && _held && _switches == seen)
                    _dropRequested = true;
            }

            _held = true;
            lock (_taken)
            {
                if (_lastHolder != Environment.CurrentManagedThreadId)
                {
                    _lastHolder = Environment.CurrentManagedThreadId;
                    _switches++;
                }

                Monitor.Pulse(_taken);
            }

            _dropRequested = false;
        }
    }

    /// <summary>Gives the lock up.</summary>
    public void Release()
    {
        lock (_free)
        {
            _held = false;
            Monitor.Pulse(_free);
        }
    }

    /// <summary>Called by the holder between instructions: hands the lock over if a waiter has asked for it.</summary>
    public void Checkpoint()
    {
        if (!_dropRequested)
            return;
        Release();
        // Does not wait in vain: whoever asked leaves only by taking the lock, and the request ends when anyone takes it.
        lock (_taken)
        {
            while (_lastHolder == Environment.CurrentManagedThreadId)
                Monitor.Wait(_taken);
        }

        Acquire();
    }
}
