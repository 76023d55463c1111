using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>The colour of a model, the same in every chart of every report.</summary>
internal static class ModelStyle
{
    private static readonly Dictionary<string, int> Styles = KnownModels.All.Select((model, index) => (model.Id, index)).ToDictionary();

    public static int Of(string model) => Styles.GetValueOrDefault(model, LineChart.Styles - 1);
}
