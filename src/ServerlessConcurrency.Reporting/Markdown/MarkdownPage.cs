using System.Text;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Markdown;

/// <summary>The frame of every report in Markdown: what it is about and how far that came, and at the end where it was measured.</summary>
internal sealed record MarkdownPage(string Title, string Status, string? Error, string Id, DateTimeOffset StartedAt, EnvironmentInfo Environment)
{
    /// <summary>Saves the page in UTF-8.</summary>
    /// <param name="output">Where to; is left open.</param>
    public async Task SaveAsync(Action<List<string>> addContent, Stream output, CancellationToken cancellationToken)
    {
        List<string> lines = [$"### {MarkdownText.Escape(Title)}", "", MarkdownText.Escape(Status)];
        if (Error is not null)
            lines.Add($"**{MarkdownText.Escape(Error)}**");
        addContent(lines);
        lines.AddRange(["", MarkdownText.Escape(
            $"{Id}, {Figures.Moment(StartedAt)}; {Environment.Cpu}, {Figures.Processors(Environment)}, {Environment.Os}, {Environment.Runtime}, engine {Environment.Engine}{ProgramText.Clause(Environment)}"), ""]);
        await output.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
