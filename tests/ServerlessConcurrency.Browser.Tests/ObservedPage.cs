using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests;

/// <summary>A page, and what it has asked for and complained about since it was opened.</summary>
public sealed class ObservedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<string> _requests = [];

    internal ObservedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of its scripts and of the browser, breaches of its Content-Security-Policy among them.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>The addresses it has asked for, its own first.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>What axe-core finds that keeps people out: of its four levels the upper two.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync()
    {
        AxeResult result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return
        [
            .. result.Violations.Where(violation => violation.Impact is "serious" or "critical")
                .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"),
        ];
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
