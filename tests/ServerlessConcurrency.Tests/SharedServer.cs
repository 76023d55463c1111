namespace ServerlessConcurrency.Tests;

/// <summary>A server without storage for the tests of a class that do not end it.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal Serving Serving { get; private set; } = null!;

    public async Task InitializeAsync() => Serving = await Serving.StartAsync();

    public Task DisposeAsync()
    {
        Serving.Dispose();
        return Task.CompletedTask;
    }
}
