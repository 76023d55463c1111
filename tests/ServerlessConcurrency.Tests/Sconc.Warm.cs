namespace ServerlessConcurrency.Tests;

internal sealed partial class Sconc
{
    /// <summary>Carries out a command, in a program that may have carried out others before.</summary>
    public static Task<(int ExitCode, string Out, string Error)> RunAsync(string folder, params string[] arguments) =>
        WarmSconc.Takes(arguments) ? WarmSconc.RunAsync(folder, [], arguments) : RunAloneAsync(folder, arguments);

    /// <summary>As <see cref="RunAsync(string, string[])"/>, with a variable in the environment.</summary>
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(string folder, (string Name, string Value) variable, params string[] arguments)
    {
        if (WarmSconc.Takes(arguments))
            return await WarmSconc.RunAsync(folder, [variable], arguments);
        using Sconc sconc = Start(folder, variable, arguments);
        int exitCode = await sconc.WaitAsync();
        return (exitCode, sconc.Out, sconc.Error);
    }
}
