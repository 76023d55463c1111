namespace ServerlessConcurrency.Tests;

/// <summary>A test that sends signals and looks into /proc.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs signals and /proc";
    }
}
