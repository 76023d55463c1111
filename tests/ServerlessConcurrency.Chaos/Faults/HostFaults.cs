using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.Chaos.Faults;

/// <summary>Hosts of the Functions app are killed; they are started again.</summary>
internal sealed class HostKilled : Fault
{
    public override string Name => "app-host-killed";

    public override string Happens => "one of two hosts of the Functions app is killed, and started again";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override bool NeedsHosts => true;

    public override async Task InflictAsync(Scene scene, Random random)
    {
        FunctionsHost host = scene.Hosts!.Hosts[random.Next(2)];
        await scene.WaitForMomentAsync(random);
        if (scene.Strike($"kill {host.Name}"))
            await host.KillAsync();
    }
}

/// <summary>A host of the Functions app stands still for a while.</summary>
internal sealed class HostStopped : Fault
{
    public override string Name => "app-host-stopped";

    public override string Happens => "one of two hosts of the Functions app stands still for up to 20 s";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override bool NeedsHosts => true;

    public override async Task InflictAsync(Scene scene, Random random)
    {
        FunctionsHost host = scene.Hosts!.Hosts[random.Next(2)];
        await scene.WaitForMomentAsync(random);
        if (scene.Strike($"stop {host.Name}"))
            await SconcProcess.StopForAsync(AppHosts.ProcessesOf(host), random.Next(20_000));
    }
}

/// <summary>The storage of the Functions app answers as another fault says.</summary>
internal sealed class HostsStorageFault(StorageFault fault) : Fault
{
    public override string Name => $"app-{fault.Name}";

    public override string Happens => $"on the Functions app: {fault.Happens}";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override bool NeedsHosts => true;

    public override Task InflictAsync(Scene scene, Random random) => fault.InflictAsync(scene, random);
}
