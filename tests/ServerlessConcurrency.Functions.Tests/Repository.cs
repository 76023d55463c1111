namespace ServerlessConcurrency.Functions.Tests;

/// <summary>The files of the repository that the tests run in.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    public static string App { get; } = Path.Combine(Folder, "src", "ServerlessConcurrency.Functions");

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ServerlessConcurrency.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }
}
