namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>
/// An axis with round ticks: from 0 or, where there are such, negative values; or logarithmic where the largest value is many times the smallest,
/// so that neither end is squeezed.
/// </summary>
internal sealed class Axis
{
    private const double LogarithmicFromRatio = 20;
    private const int MostTicks = 7;

    // Room at both ends, in percent, so that a dot on the edge is not cut.
    private const double Margin = 2;

    private readonly double _low;
    private readonly double _high;

    private Axis(bool isLogarithmic, IReadOnlyList<double> ticks)
    {
        IsLogarithmic = isLogarithmic;
        Ticks = ticks;
        _low = Scale(ticks[0]);
        _high = Scale(ticks[^1]);
    }

    /// <summary>Whether equal distances stand for equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Where to draw lines with numbers, ascending; the first and the last are the ends of the axis.</summary>
    public IReadOnlyList<double> Ticks { get; }

    public static Axis Of(double smallest, double largest) => smallest > 0 && largest / smallest >= LogarithmicFromRatio
        ? new Axis(isLogarithmic: true, LogarithmicTicks(smallest, largest))
        : new Axis(isLogarithmic: false, LinearTicks(Math.Min(smallest, 0), Math.Max(largest, 1e-6)));

    /// <summary>Makes an axis for values, leaving out what is not a finite number.</summary>
    public static Axis Of(AxisScale scale, IReadOnlyList<double> values)
    {
        List<double> shown = [.. values.Where(value => double.IsFinite(value) && (value > 0 || scale == AxisScale.Fitting))];
        if (shown.Count == 0)
            shown.Add(1);
        return scale switch
        {
            AxisScale.Logarithmic => new Axis(isLogarithmic: true, LogarithmicTicks(shown.Min(), shown.Max())),
            AxisScale.Linear => new Axis(isLogarithmic: false, LinearTicks(0, shown.Max())),
            _ => Of(shown.Min(), shown.Max()),
        };
    }

    /// <returns>The place in percent of the width; a value outside the axis stands at its end.</returns>
    public double Percent(double value)
    {
        double scaled = IsLogarithmic && value <= 0 ? _low : Math.Clamp(Scale(value), _low, _high);
        return Margin + ((100 - (2 * Margin)) * (scaled - _low) / (_high - _low));
    }

    public bool IsBeyond(double value) => value < Ticks[0] || value > Ticks[^1];

    private double Scale(double value) => IsLogarithmic ? Math.Log10(value) : value;

    private static List<double> LinearTicks(double smallest, double largest)
    {
        double step = RoundUp((largest - smallest) / (MostTicks - 2));
        int first = (int)Math.Floor(smallest / step);
        var ticks = new List<double> { first * step };
        while (ticks[^1] < largest)
            ticks.Add((first + ticks.Count) * step);
        return ticks;
    }

    private static List<double> LogarithmicTicks(double smallest, double largest)
    {
        int low = (int)Math.Floor(Math.Log10(smallest));
        int high = (int)Math.Ceiling(Math.Log10(largest));
        var ticks = new List<double>();
        for (int exponent = low - 1; exponent <= high + 1; exponent++)
            ticks.AddRange([Math.Pow(10, exponent), 2 * Math.Pow(10, exponent), 5 * Math.Pow(10, exponent)]);
        int first = ticks.FindLastIndex(tick => tick <= smallest);
        int last = Math.Max(first + 1, ticks.FindIndex(tick => tick >= largest));
        if (last - first < MostTicks)
            return ticks[first..(last + 1)];

        int step = (int)Math.Ceiling((high - low) / (MostTicks - 1.0));
        return [.. Enumerable.Range(0, ((high - low + step - 1) / step) + 1).Select(index => Math.Pow(10, low + (index * step)))];
    }

    // The next number of the series 1, 2, 5, 10, 20, 50.
    private static double RoundUp(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double digit = value / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}
