using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ServerlessConcurrency.Functions.FanOut;

/// <summary>Reads <see cref="FanOutOptions"/> from the app's settings.</summary>
internal static class FanOutSettings
{
    private const string Section = "FanOut";

    /// <summary>Reads section <c>FanOut</c>; what is missing has its default.</summary>
    /// <exception cref="InvalidOperationException">A value is no number, or out of its bounds.</exception>
    public static FanOutOptions Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(Section);
        var defaults = new FanOutOptions();
        return new FanOutOptions
        {
            MaxAttempts = (int)Number(section, nameof(FanOutOptions.MaxAttempts), defaults.MaxAttempts, 1, 100),
            RetryDelaySeconds = Number(section, nameof(FanOutOptions.RetryDelaySeconds), defaults.RetryDelaySeconds, 0.1, 3600),
            TasksPerGeneration = (int)Number(
                section, nameof(FanOutOptions.TasksPerGeneration), defaults.TasksPerGeneration, 1, 100_000),
        };
    }

    private static double Number(IConfigurationSection section, string name, double byDefault, double low, double high)
    {
        if (section[name] is not { Length: > 0 } text)
            return byDefault;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high
            ? value
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"setting {Section}__{name} is '{text}'; expected a number from {low} to {high}"));
    }
}
