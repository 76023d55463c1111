using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace ServerlessConcurrency.Invocation;

/// <summary>An option that is a number, written as in a spec: with a point, and nothing between thousands.</summary>
internal sealed class NumberOption<T>(string name, T low, T high) : Option<string?>(name)
    where T : struct, INumber<T>
{
    /// <returns>The number; null if it was not given and has no default.</returns>
    /// <exception cref="BadInputException">It is no number, or out of range.</exception>
    public T? Read(ParseResult parsed)
    {
        if (parsed.GetValue(this) is not { } text)
            return null;
        bool isNumber = T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number);
        if (isNumber && number >= low && number <= high)
            return number;
        // What is too large for its type is a number all the same.
        isNumber |= double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double any) && double.IsInteger(any);
        string mistake = isNumber ? $"{text} is out of range" : $"'{text}' is not a {(low is double ? "number" : "whole number")}";
        throw BadInputException.OfOption(Name, string.Create(CultureInfo.InvariantCulture, $"{mistake}; expected {low} to {high}"));
    }
}
