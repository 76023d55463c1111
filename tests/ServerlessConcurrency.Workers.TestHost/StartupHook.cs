using System.Diagnostics.CodeAnalysis;

/// <summary>What the runtime calls before <c>Main</c> where <c>DOTNET_STARTUP_HOOKS</c> names this assembly.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for it outside of namespaces.")]
internal static class StartupHook
{
    public static void Initialize() => Console.WriteLine("hello from a start-up hook");
}
