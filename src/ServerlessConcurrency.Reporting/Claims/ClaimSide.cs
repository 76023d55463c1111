namespace ServerlessConcurrency.Reporting.Claims;

/// <summary>How a side of a claim looks in every chart: its colour and its mark.</summary>
internal sealed record ClaimSide(string Name, int Colour, int Mark)
{
    public static ClaimSide Of(string name) => name switch
    {
        ".NET" => new ClaimSide(name, 1, 0),
        "CPython" => new ClaimSide(name, 2, 1),
        _ => new ClaimSide(name, 5, 2),
    };
}
