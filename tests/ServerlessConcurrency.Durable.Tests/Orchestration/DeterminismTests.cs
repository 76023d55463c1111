using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Durable.Tests.Orchestration;

/// <summary>
/// What an orchestration must not look at, because a replay would see something else. Beside this, every test on a task hub
/// compares each replay with the first execution.
/// </summary>
public sealed partial class DeterminismTests
{
    private static readonly string[] Forbidden =
    [
        "DateTime.UtcNow", "DateTime.Now", "DateTimeOffset.UtcNow", "DateTimeOffset.Now", "Guid.NewGuid", "Random", "Stopwatch",
        "TimeProvider", "UtcClock.Instance", "Task.Run", "Task.Delay", "Task.Yield", "Thread.", "Parallel.", "ConfigureAwait",
        "HttpClient", "File.", "Environment.", "IExperimentStore", "RunJournal",
    ];

    private static readonly string Source = Repository.PathOf("src");

    public static TheoryData<string> Files => [.. Names];

    private static IEnumerable<string> Names => new[] { "ServerlessConcurrency.Durable", "ServerlessConcurrency.Functions" }
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Source, project), "*.cs", SearchOption.AllDirectories))
        .Where(IsOfOrchestration)
        .Select(file => Path.GetRelativePath(Source, file));

    [Theory]
    [MemberData(nameof(Files))]
    public void An_orchestration_looks_at_nothing_but_its_context(string file)
    {
        string code = Comment().Replace(File.ReadAllText(Path.Combine(Source, file)), "");

        Assert.All(Forbidden, word => Assert.DoesNotContain(word, code, StringComparison.Ordinal));
    }

    [Fact]
    public void The_files_of_orchestrations_are_those_that_name_its_context() => Assert.Superset(
        new HashSet<string>
        {
            "ExperimentOrchestrator.cs", "RoundWalk.cs", "FanOutOrchestrator.cs", "TaskFanOut.cs", "BatchFanOut.cs", "LostAttempt.cs", "QueueFanOut.cs",
            "ClaimsOrchestrator.cs",
        },
        Names.Select(name => Path.GetFileName(name)).ToHashSet());

    // Their inputs and what collects their results are executed within them, too.
    private static bool IsOfOrchestration(string file)
    {
        string code = File.ReadAllText(file);
        string folder = Path.GetFileName(Path.GetDirectoryName(file)!);
        bool isOfApp = folder is "Orchestration" or "FanOut" or "Queue" or "Runs" or "Http" or "Hosting" or "Claims";
        return isOfApp && (code.Contains("TaskOrchestrationContext", StringComparison.Ordinal)
            || folder == "Orchestration"
            || Path.GetFileName(file) is "ActivityFanIn.cs" or "HostUsage.cs" or "HostExecutions.cs" or "TurnaroundSum.cs" or "FanOutState.cs" or "FanOutOptions.cs" or "TaskResult.cs");
    }

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();
}
