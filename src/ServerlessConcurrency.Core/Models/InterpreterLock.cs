namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// A global interpreter lock as CPython has had it since 3.2: a waiting thread that has not seen a switch for the switch
/// interval asks the holder to drop the lock; the holder does so at its next checkpoint and waits until another thread has
/// taken it (see Python/ceval_gil.c in CPython and sys.setswitchinterval in its documentation).
/// </summary>
/// <param name="switchInterval">How long a waiter waits before it asks; 5 ms in CPython.</param>
internal sealed class InterpreterLock(TimeSpan switchInterval)
{
    private readonly object _monitor = new();
    private bool _held;
    private int _waiting;
    private long _switches;
    private volatile bool _dropRequested;

    /// <summary>How many times the lock was taken.</summary>
    public long Switches => Volatile.Read(ref _switches);

    /// <summary>Takes the lock, asking its holder for it after every switch interval.</summary>
    public void Acquire()
    {
        lock (_monitor)
        {
            _waiting++;
            while (_held)
            {
                long seen = _switches;
                bool signalled = Monitor.Wait(_monitor, switchInterval);
                if (!signalled && _held && _switches == seen)
                    _dropRequested = true;
            }

            _waiting--;
            _held = true;
            _switches++;
            _dropRequested = false;
            // A holder that dropped the lock on request waits to see it taken.
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Gives the lock up.</summary>
    public void Release()
    {
        lock (_monitor)
        {
            _held = false;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Called by the holder between instructions: hands the lock over if a waiter has asked for it.</summary>
    public void Checkpoint()
    {
        if (!_dropRequested)
            return;
        lock (_monitor)
        {
            _held = false;
            _dropRequested = false;
            long seen = _switches;
            Monitor.PulseAll(_monitor);
            while (_waiting > 0 && _switches == seen)
                Monitor.Wait(_monitor);
        }

        Acquire();
    }
}
