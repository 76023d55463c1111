using System.Net;
using System.Text;
using System.Text.Json;

/// <summary>An API that takes 20 ms for an answer and works on 8 at once: further ones wait.</summary>
internal static class PriceApi
{
    public const string Address = "http://127.0.0.1:5055/";

    private const int AtOnce = 8;
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(20);

    public static async Task<int> ServeAsync()
    {
        using var atOnce = new SemaphoreSlim(AtOnce);
        using var listener = new HttpListener { Prefixes = { Prices.Api.ToString() } };
        listener.Start();
        Console.WriteLine($"Serving {listener.Prefixes.Single()}prices/ARTICLE");
        while (true)
            _ = AnswerAsync(await listener.GetContextAsync(), atOnce);
    }

    private static async Task AnswerAsync(HttpListenerContext call, SemaphoreSlim atOnce)
    {
        await atOnce.WaitAsync();
        try
        {
            await Task.Delay(Work);
        }
        finally
        {
            atOnce.Release();
        }

        string article = call.Request.Url!.Segments[^1];
        byte[] answer = JsonSerializer.SerializeToUtf8Bytes(new Quote(article, Encoding.UTF8.GetBytes(article).Sum(letter => letter) / 100m), JsonSerializerOptions.Web);
        call.Response.ContentType = "application/json";
        await call.Response.OutputStream.WriteAsync(answer);
        call.Response.Close();
    }
}
