namespace ServerlessConcurrency.Workers.Tests.Processes;

/// <summary>A test that needs CPython.</summary>
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (!SystemPython.IsThere)
            Skip = "needs python3";
    }
}
