namespace ServerlessConcurrency.Browser.Tests;

/// <summary>The browser of this machine that is built on Chromium, if there is one; nothing is downloaded.</summary>
internal static class InstalledBrowser
{
    /// <summary>Names another one, or none by what does not exist.</summary>
    private const string Variable = "SCONC_CHROMIUM";

    // The first has no window with pages of its own: half the work.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome.exe", "msedge.exe"];

    public static string? Path { get; } = Find();

    public static string Missing => $"no Chromium, Chrome or Edge was found; install one (chromium-headless-shell is the fastest), or name its program in {Variable}";

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        return (named is not null ? [named] : Candidates()).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Candidates() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name))),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        .. new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86 }.Select(Environment.GetFolderPath).SelectMany(folder => (string[])
        [
            System.IO.Path.Combine(folder, "Google", "Chrome", "Application", "chrome.exe"),
            System.IO.Path.Combine(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
        ]),
    ];
}
