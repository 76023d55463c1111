using Azure.Core;
using Azure.Core.Pipeline;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Tests.Accounts;

public sealed class PatientRetryPolicyTests
{
    [Theory]
    [InlineData(0.1, 2)]
    [InlineData(1.5, 2)]
    [InlineData(60, 1)]
    public async Task A_try_in_which_the_process_stood_still_does_not_count(double networkTimeoutSeconds, int tries)
    {
        var transport = new StandingTransport();
        var options = new Options(new PatientRetryPolicy(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(networkTimeoutSeconds))) { Transport = transport };
        HttpPipeline pipeline = HttpPipelineBuilder.Build(options);
        HttpMessage message = pipeline.CreateMessage();
        message.Request.Uri.Reset(new Uri("http://127.0.0.1/"));

        await Assert.ThrowsAnyAsync<Exception>(async () => await pipeline.SendAsync(message, CancellationToken.None));

        Assert.Equal(tries, transport.Tries);
    }

    private sealed class Options : ClientOptions
    {
        public Options(RetryPolicy policy) => RetryPolicy = policy;
    }

    /// <summary>In the first try the process stands still for longer than anybody has patience; the second fails for good.</summary>
    private sealed class StandingTransport : HttpPipelineTransport
    {
        private readonly HttpClientTransport _requests = new();

        public int Tries { get; private set; }

        public override Request CreateRequest() => _requests.CreateRequest();

        public override void Process(HttpMessage message) => ProcessAsync(message).AsTask().GetAwaiter().GetResult();

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            if (++Tries > 1)
                throw new InvalidOperationException("for good");
            await Task.Delay(TimeSpan.FromSeconds(3));
            throw new IOException("no answer");
        }
    }
}
