using System.Globalization;
using Microsoft.Extensions.Configuration;
using ServerlessConcurrency.Durable.FanOut;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>Reads <see cref="FanOutOptions"/> from the app's settings.</summary>
internal static class FanOutSettings
{
    private const string Section = "FanOut";
    private const double ShortestDelaySeconds = 0.1;
    private const double LongestDelaySeconds = 3600;

    /// <summary>Reads section <c>FanOut</c>; what is missing has its default.</summary>
    /// <exception cref="InvalidOperationException">A value is no number, or out of its bounds.</exception>
    public static FanOutOptions Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(Section);
        var defaults = new FanOutOptions();
        return new FanOutOptions
        {
            MaxAttempts = Whole(section, nameof(FanOutOptions.MaxAttempts), defaults.MaxAttempts, 100),
            RetryDelaySeconds = Number(section, nameof(FanOutOptions.RetryDelaySeconds), defaults.RetryDelaySeconds),
            TasksPerGeneration = Whole(section, nameof(FanOutOptions.TasksPerGeneration), defaults.TasksPerGeneration, 100_000),
        };
    }

    private static int Whole(IConfigurationSection section, string name, int byDefault, int high)
    {
        if (section[name] is not { Length: > 0 } text)
            return byDefault;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= high
            ? value
            : throw Mistake(name, text, $"a whole number from 1 to {high}");
    }

    private static double Number(IConfigurationSection section, string name, double byDefault)
    {
        if (section[name] is not { Length: > 0 } text)
            return byDefault;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= ShortestDelaySeconds && value <= LongestDelaySeconds
            ? value
            : throw Mistake(name, text, FormattableString.Invariant($"a number from {ShortestDelaySeconds} to {LongestDelaySeconds}"));
    }

    private static InvalidOperationException Mistake(string name, string text, string expected) =>
        new($"setting {Section}__{name} is '{text}'; expected {expected}");
}
