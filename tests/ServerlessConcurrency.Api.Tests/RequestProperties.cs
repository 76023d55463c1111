using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Api.Tests;

/// <summary>Requests as nobody means them.</summary>
public sealed class RequestProperties : ApiTest
{
    private static readonly string[] Routes =
    [
        "experiments", "experiments/{id}", "experiments/{id}/cancel", "experiments/{id}/timings", "experiments/{id}/trace", "experiments/{id}/report", "experiments/{id}/comparison",
        "experiments/%2e%2e%2f", "experiments/%00", "workloads", "health", "openapi.json", "dashboard", "nothing",
    ];

    private static readonly string[] Fields = ["top", "continuation", "format", "with", "code", "", "top[]"];

    private static readonly string[] Headers = ["Experiment-Id", "Accept", "Content-Type", "If-None-Match", "Range", "x-functions-key", "Origin", "Expect", "Traceparent"];

    [Fact(Timeout = Guard)]
    public async Task Every_request_is_answered_and_what_is_refused_is_a_problem()
    {
        (ExperimentDocument document, _) = await StoreEndedAsync();
        Gen<string> text = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(value => value ?? ""),
            Gen.Elements("", "0", "-1", "1", "1001", "99999999999999999999", "csv", "parquet", document.Id, "..", "{}", "[]", SmallSpec, "\u202e", "%", new string('x', 3_000)));
        Gen<Request> request =
            from method in Gen.Elements("GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH")
            from route in Gen.Elements(Routes)
            from field in Gen.Elements(Fields)
            from value in text
            from header in Gen.Elements(Headers)
            from headerValue in text
            from body in text
            select new Request(method, route.Replace("{id}", document.Id, StringComparison.Ordinal), field, value, header, headerValue, body);

        foreach (Request drawn in request.Sample(300, 30))
        {
            // It removes what the others ask for.
            if (drawn.Method == "DELETE" && drawn.Route.EndsWith(document.Id, StringComparison.Ordinal))
                continue;
            using var message = new HttpRequestMessage(new HttpMethod(drawn.Method), $"{drawn.Route}?{Uri.EscapeDataString(drawn.Field)}={Uri.EscapeDataString(drawn.Value)}");
            if (drawn.Method is "POST" or "PUT" or "PATCH")
                message.Content = new StringContent(drawn.Body, Encoding.UTF8);
            string headerValue = string.Concat(drawn.HeaderValue.Where(character => character is >= ' ' and < '\x7f'));
            if (!message.Headers.TryAddWithoutValidation(drawn.Header, headerValue))
                message.Content?.Headers.TryAddWithoutValidation(drawn.Header, headerValue);

            using HttpResponseMessage answer = await Http.SendAsync(message);

            Assert.True((int)answer.StatusCode < 500, $"{drawn}: {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            // Those of HEAD have no body, and what Kestrel itself refuses has none.
            if (answer.StatusCode >= HttpStatusCode.BadRequest && drawn.Method != "HEAD" && answer.Content.Headers.ContentLength is not 0)
                await ProblemAsync(answer, answer.StatusCode);
        }

        Assert.Empty(ServerFaults);
    }

    private sealed record Request(string Method, string Route, string Field, string Value, string Header, string HeaderValue, string Body);
}
