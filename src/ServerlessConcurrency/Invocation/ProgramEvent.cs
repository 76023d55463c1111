using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Invocation;

/// <summary>What a program that was started with --events tells the one that started it: a line of JSON on standard error for each.</summary>
/// <param name="Progress">How far it has come; null in a note.</param>
/// <param name="Note">Words for people; null in progress.</param>
/// <param name="IsAlive">Only that it runs: told every <see cref="AliveInterval"/>.</param>
internal sealed record ProgramEvent(ExperimentProgress? Progress = null, string? Note = null, bool IsAlive = false)
{
    public static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(2);

    public void Write() => Console.Error.WriteLine(JsonSerializer.Serialize(this, ExperimentJson.Compact));

    /// <returns>The event; null where the line is something else, such as the words of a crash.</returns>
    public static ProgramEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ProgramEvent>(line, ExperimentJson.Compact) is { } read && read != new ProgramEvent() ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
