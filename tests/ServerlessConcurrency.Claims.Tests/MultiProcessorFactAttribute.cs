namespace ServerlessConcurrency.Claims.Tests;

/// <summary>A test of something that only two or more processors can show.</summary>
internal sealed class MultiProcessorFactAttribute : FactAttribute
{
    public MultiProcessorFactAttribute()
    {
        if (Environment.ProcessorCount < 2)
            Skip = "needs 2 processors";
    }
}
