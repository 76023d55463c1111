using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>Counts every request of a client as it is sent, whatever comes of it: also a failed one is billed.</summary>
internal sealed class RequestCountPolicy(Action<RequestMethod> count) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => count(message.Request.Method);
}
