using System.Text.Json;

namespace ServerlessConcurrency.Core.Runs;

/// <summary>Outcomes as they stand in files and tables: in kebab-case, e.g. <c>timed-out</c>.</summary>
public static class TaskOutcomeNames
{
    private static readonly string[] Names =
        [.. Enum.GetValues<TaskOutcome>().Select(outcome => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString()))];

    public static string Of(TaskOutcome outcome) => Names[(int)outcome];

    public static bool TryParse(string name, out TaskOutcome outcome)
    {
        outcome = (TaskOutcome)Array.IndexOf(Names, name);
        return outcome >= 0;
    }
}
