using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using ServerlessConcurrency.Durable.Hub;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed class RunGateTests
{
    private readonly RunGate _gate = new();
    private readonly HttpPipeline _pipeline;

    public RunGateTests() => _pipeline = HttpPipelineBuilder.Build(
        new PlainOptions { Transport = new HttpClientTransport(new AcceptingHandler()), Retry = { MaxRetries = 0 } }, _gate);

    [Fact]
    public async Task While_it_is_closed_a_look_for_messages_waits_and_nothing_else_does()
    {
        Task look = SendAsync(RequestMethod.Get, "queue/messages?numofmessages=32");

        await SendAsync(RequestMethod.Post, "queue/messages");
        await SendAsync(RequestMethod.Delete, "queue/messages/1");
        await SendAsync(RequestMethod.Put, "queue/messages/1");
        await SendAsync(RequestMethod.Get, "queue?comp=metadata");

        Assert.False(look.IsCompleted);
        _gate.Open();
        await look;
        await SendAsync(RequestMethod.Get, "queue/messages");
    }

    [Fact]
    public async Task It_can_be_closed_again()
    {
        _gate.Open();
        _gate.Open();
        _gate.Close();
        _gate.Close();
        Task look = SendAsync(RequestMethod.Get, "queue/messages");

        await SendAsync(RequestMethod.Post, "queue/messages");

        Assert.False(look.IsCompleted);
        _gate.Open();
        await look;
    }

    [Fact]
    public async Task A_look_that_waits_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        Task look = SendAsync(RequestMethod.Get, "queue/messages", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
    }

    private async Task SendAsync(RequestMethod method, string path, CancellationToken cancellationToken = default)
    {
        using HttpMessage message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri($"http://localhost/account/{path}"));
        await _pipeline.SendAsync(message, cancellationToken);
    }

    private sealed class PlainOptions : ClientOptions;

    private sealed class AcceptingHandler : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => new(HttpStatusCode.OK);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
