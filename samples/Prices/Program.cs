using System.Net.Http.Json;
using ServerlessConcurrency;

// The API that is called stands for somebody else's: `dotnet run -- api` serves it on this machine until Ctrl+C.
return args is ["api"] ? await PriceApi.ServeAsync() : await ConcurrencyLab.RunAsync(args);

/// <summary>Asks an API for the price of each order. Nearly all of it is waiting.</summary>
public sealed class Prices(HttpClient http)
{
    internal static readonly Uri Api = new(Environment.GetEnvironmentVariable("PRICE_API") is { Length: > 0 } address ? address : PriceApi.Address);

    [Workload("price")]
    public async Task<decimal> QuoteAsync(WorkItem item, CancellationToken cancellationToken)
    {
        Order order = item.Read<Order>();
        Quote? quote = await http.GetFromJsonAsync<Quote>(new Uri(Api, $"prices/{order.Article}"), cancellationToken);
        return quote!.Price * order.Pieces;
    }
}

/// <summary>An item of orders.json.</summary>
public sealed record Order(string Article, int Pieces);

/// <summary>What the API answers.</summary>
public sealed record Quote(string Article, decimal Price);
