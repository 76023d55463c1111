using System.Diagnostics;
using Azure.Storage.Queues;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Storage.Tests.Azurite;

namespace ServerlessConcurrency.Functions.Tests.Recipes;

/// <summary>The code that reports show does what it says: compiled here as it is shown, and run.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class RecipeTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Item[] Items = [.. Enumerable.Range(0, 20).Select(number => new Item(number))];
    private static readonly Result[] Expected = [.. Items.Select(Work.Do)];

    [Fact]
    public async Task In_one_process_every_item_is_worked_on()
    {
        Assert.Equal(Expected, Sequentially.Run(Items));
        Assert.Equal(Expected, OnThreads.Run(Items));
        Assert.Equal(Expected, OnTheThreadPool.Run(Items, default));
        Assert.Equal(Expected, await Asynchronously.RunAsync(Items, default));
        Assert.Equal(Expected, await OnOneThread.RunAsync(Items, default));
    }

    [Fact]
    public async Task Processes_read_items_and_write_results()
    {
        // Whatever echoes lines will do.
        if (OperatingSystem.IsWindows())
            return;
        string[] items = [.. Enumerable.Range(0, 20).Select(number => $"item {number}")];

        Assert.Equal(items, await InProcesses.RunAsync(items, new ProcessStartInfo("cat")).WaitAsync(Patience));
    }

    [Fact]
    public async Task Messages_hold_the_items()
    {
        QueueClient queue = azurite.NewAccount().Queues.GetQueueClient($"{azurite.NewPrefix()}-work");
        await queue.CreateAsync();

        await QueuedWork.SendAsync(queue, Items, default);

        var received = (await queue.ReceiveMessagesAsync(maxMessages: 32)).Value.Select(message => message.Body.ToObjectFromJson<Item>()!).ToArray();
        Assert.Equal(Items, received.OrderBy(item => item.Number));
        await new QueuedWork().DoAsync(received[0], default);
        await queue.DeleteAsync();
    }

    [Fact]
    public Task An_activity_does_an_item() => AssertFansOutAsync<Item, Result>(global::FanOut.RunAsync, "DoWork", global::FanOut.Do);

    [Fact]
    public Task An_activity_does_a_share() => AssertFansOutAsync<Item[], Result[]>(BatchedFanOut.RunAsync, "DoShare", BatchedFanOut.Do);

    private static async Task AssertFansOutAsync<TInput, TOutput>(
        Func<TaskOrchestrationContext, Task<Result[]>> orchestrate, string activity, Func<TInput, TOutput> execute)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddInMemoryDurableTask(
            tasks =>
            {
                tasks.AddOrchestratorFunc<Item[], Result[]>("FanOut", (context, _) => orchestrate(context));
                tasks.AddActivityFunc<TInput, TOutput>(activity, (_, input) => execute(input));
            },
            new InMemoryDurableTaskOptions { Port = TestApp.FreePort() });
        using IHost host = builder.Build();
        await host.StartAsync().WaitAsync(Patience);
        DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();
        using var patience = new CancellationTokenSource(Patience);

        string id = await client.ScheduleNewOrchestrationInstanceAsync("FanOut", Items, patience.Token);
        OrchestrationMetadata ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
        await host.StopAsync();

        Assert.Equal(Expected, ended.ReadOutputAs<Result[]>());
    }
}
