using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessConcurrency.Chaos.Faults;

/// <summary>For some seconds the storage answers as a disturbance says, which is drawn.</summary>
internal sealed class StorageFault(string name, string happens, Func<Random, Disturbance> create) : Fault
{
    private static readonly TimeSpan LongerThanAnyPatience = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<StorageFault> All { get; } =
    [
        new StorageFault("storage-away", "every connection is reset", _ => (context, _) => Abort(context)),
        new StorageFault("storage-resets", "some connections are reset before an answer", Some(_ => (context, _) => Abort(context))),
        new StorageFault("answers-lost", "some requests are carried out, and the connection is reset before the answer", Some(_ => LoseAnswerAsync)),
        new StorageFault("storage-500", "some requests are answered with 500", Some(_ => (context, _) => Refuse(context, 500, null))),
        new StorageFault("storage-503", "some requests are answered with 503 and Retry-After", Some(random => Refusal(503, random))),
        new StorageFault("storage-429", "some requests are answered with 429 and Retry-After", Some(random => Refusal(429, random))),
        new StorageFault("storage-slow", "every request waits up to 2 s", random => (context, forward) => SlowAsync(context, forward, Drawn(random, 2_000))),
        new StorageFault("storage-truncated", "some answers end in the middle", Some(_ => TruncateAsync)),
        new StorageFault("storage-hung", "requests are not answered", _ => (context, _) => Task.Delay(LongerThanAnyPatience, context.RequestAborted)),
        new StorageFault("messages-doubled", "queue messages are sent twice, and late", random => DoubleAsync(random)),
    ];

    public override string Name => name;

    public override string Happens => happens;

    // 3: the storage was asked for as long as --patience says.
    public override IReadOnlyList<int> ExitCodes => [0, 3];

    public override async Task InflictAsync(Scene scene, Random random)
    {
        Disturbance disturbance = create(random);
        await scene.WaitForMomentAsync(random);
        TimeSpan time = TimeSpan.FromMilliseconds(random.Next(500, 8_000));
        if (!scene.Strike(string.Create(CultureInfo.InvariantCulture, $"{name} for {time.TotalSeconds:0.0} s")))
            return;
        scene.Storage!.Disturbance = disturbance;
        await Task.Delay(time);
        scene.Storage.Disturbance = null;
    }

    /// <summary>A part of all requests, drawn once.</summary>
    private static Func<Random, Disturbance> Some(Func<Random, Disturbance> create) => random =>
    {
        Disturbance disturbance = create(random);
        int percent = random.Next(5, 60);
        Func<int> drawn = Drawn(random, 100);
        return (context, forward) => drawn() < percent ? disturbance(context, forward) : forward();
    };

    private static Func<int> Drawn(Random random, int below)
    {
        // Requests come from many threads.
        var own = new Random(random.Next());
        return () =>
        {
            lock (own)
                return own.Next(below);
        };
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Disturbance Refusal(int status, Random random)
    {
        int seconds = random.Next(3);
        return (context, _) => Refuse(context, status, seconds);
    }

    private static Task Refuse(HttpContext context, int status, int? retryAfterSeconds)
    {
        context.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return context.Response.CompleteAsync();
    }

    private static async Task SlowAsync(HttpContext context, Func<Task> forward, Func<int> milliseconds)
    {
        await Task.Delay(milliseconds(), context.RequestAborted);
        await forward();
    }

    private static async Task LoseAnswerAsync(HttpContext context, Func<Task> forward)
    {
        await BufferedAsync(context, forward);
        context.Abort();
    }

    private static async Task TruncateAsync(HttpContext context, Func<Task> forward)
    {
        byte[] body = await BufferedAsync(context, forward);
        if (body.Length > 1)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
            await context.Response.Body.FlushAsync();
        }

        context.Abort();
    }

    // Carries a request out without answering it.
    private static async Task<byte[]> BufferedAsync(HttpContext context, Func<Task> forward)
    {
        IHttpResponseBodyFeature body = context.Features.Get<IHttpResponseBodyFeature>()!;
        using var buffer = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(buffer));
        await forward();
        context.Features.Set(body);
        return buffer.ToArray();
    }

    private static Disturbance DoubleAsync(Random random)
    {
        Func<int> late = Drawn(random, 400);
        Func<int> chance = Drawn(random, 100);
        return async (context, forward) =>
        {
            if (context.Request.Method == HttpMethods.Post && context.Request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal))
            {
                // Others overtake it.
                await Task.Delay(late(), context.RequestAborted);
                if (chance() < 50)
                    await BufferedAsync(context, forward);
            }

            await forward();
        };
    }
}
