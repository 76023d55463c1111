using System.CommandLine;
using System.CommandLine.Parsing;

namespace ServerlessConcurrency.Invocation;

/// <summary>Refuses values that are empty, as those of shell variables that are not set: they would be taken for none given.</summary>
internal static class EmptyValue
{
    public static Option<T> RefuseEmpty<T>(this Option<T> option, string expected)
    {
        option.Validators.Add(result => Check(result, result.Tokens, option.Name, expected));
        return option;
    }

    public static Argument<T> RefuseEmpty<T>(this Argument<T> argument, string expected)
    {
        argument.Validators.Add(result => Check(result, result.Tokens, argument.Name, expected));
        return argument;
    }

    // Of a list, nothing but what separates its entries.
    private static void Check(SymbolResult result, IReadOnlyList<Token> tokens, string name, string expected)
    {
        if (tokens.Any(token => token.Value.AsSpan().Trim(" ,").IsEmpty))
            result.AddError($"{name}: is empty; expected {expected}");
    }
}
