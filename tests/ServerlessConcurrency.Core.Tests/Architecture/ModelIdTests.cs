using System.Text.RegularExpressions;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Tests.Architecture;

public sealed class ModelIdTests
{
    // The same letters, and no model: services of a storage account, and the unit of a figure.
    private static readonly string[] Homonyms = ["StorageAccount.cs", "AzuriteLease.cs", "WaitingJudge.cs"];

    public static TheoryData<string> Models => [.. KnownModels.All.Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_models_id_is_written_once(string id)
    {
        // One with a hyphen means the model in a sentence too; the others are words.
        string pattern = id.Contains('-', StringComparison.Ordinal) ? $@"(?<![\w-]){id}(?![\w-])" : $"\"{id}\"";
        IEnumerable<string> places =
            from file in Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            where !Homonyms.Contains(Path.GetFileName(file))
            from line in File.ReadLines(file)
            where Regex.IsMatch(line, pattern) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select Path.GetFileName(file);

        Assert.Single(places);
    }
}
