using System.CommandLine;
using System.CommandLine.Completions;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Help;

/// <summary>What a shell that asks for completions is told of values, beside the names of commands and options.</summary>
internal static class Completion
{
    /// <summary>Names of which several may be given, separated by commas: the one after the last comma is completed.</summary>
    public static void CompleteList(this Option<string[]> option, Func<ParseResult, IEnumerable<string>> names) => option.CompletionSources.Add(context =>
    {
        string before = context.WordToComplete[..(context.WordToComplete.LastIndexOf(',') + 1)];
        return names(context.ParseResult).Except(before.Split(',')).Select(name => new CompletionItem(before + name));
    });

    /// <summary>The ids of what is in the folder of results.</summary>
    public static Argument<string> CompleteIds(this Argument<string> argument)
    {
        argument.CompletionSources.Add(context =>
            IdsIn(context.ParseResult.GetValue(CommonOptions.Out)!).Select(id => new CompletionItem(id)));
        return argument;
    }

    /// <summary>What the folder of results has files of, the newest first.</summary>
    public static IEnumerable<string> IdsIn(string resultsPath) => Directory.Exists(resultsPath)
        ? Directory.EnumerateDirectories(resultsPath).Select(path => Path.GetFileName(path)).Where(ExperimentId.IsValid).OrderDescending(StringComparer.Ordinal)
        : [];
}
