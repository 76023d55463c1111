using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Functions;
using ServerlessConcurrency.Functions.Hosting;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers;
using ServerlessConcurrency.Workers.Processes;

// `processes` and claims start this program once more, as a child that executes what it is told instead of serving the Functions host.
if (args is [WorkerLaunch.Command, ..])
    return WorkerProgram.Run(EveryWorkload.Create, new ClaimRole());

try
{
    // Before anybody asks for one of them: what is wrong with them is told once, at the start.
    _ = AppModels.Rules;
}
catch (TypeInitializationException exception) when (exception.InnerException is OwnCodeException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 1;
}

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
try
{
    builder.Services.AddServerlessConcurrency(builder.Configuration);
}
catch (InvalidOperationException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

// For those who start hosts, and would else wait for each of them to fail.
if (args is ["check-settings"])
    return 0;
builder.Services.AddTelemetry(builder.Configuration);
await builder.Build().RunAsync();
await WorkloadAssembly.DisposeAllAsync();
return 0;
