using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Telemetry;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Journal;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Functions.Claims;
using ServerlessConcurrency.Functions.Hosting;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Functions;

/// <summary>Puts the app together.</summary>
internal static class ServiceRegistration
{
    private const string MonitorConnection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string CollectorEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddServerlessConcurrency(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(AppStorage.Open(configuration));
        services.AddSingleton<IExperimentStore>(provider => new AzureExperimentStore(provider.GetRequiredService<StorageAccount>()));
        services.AddSingleton<IExperimentSink>(provider => new StoreSink(provider.GetRequiredService<IExperimentStore>(), TimeProvider.System));
        services.AddSingleton<ITaskResults>(provider => new StorageTaskResults(provider.GetRequiredService<StorageAccount>()));
        services.AddSingleton<ITaskQueue>(provider => TaskQueue(provider.GetRequiredService<StorageAccount>()));
        services.AddHostedService<TaskQueueCreation>();
        services.AddSingleton(provider => new ActivityHost(provider.GetRequiredService<StorageAccount>(), AppWorkloads.Assemblies));
        services.AddSingleton<RunJournal>();
        services.AddSingleton<ClaimJournal>();
        services.AddSingleton<ClaimMeasurements>();
        services.AddSingleton<RecentInterest>();
        services.AddSingleton<ExperimentResults>();
        services.AddActivities();
        services.AddSingleton(provider => new QueueTaskHandler(
            provider.GetRequiredService<ActivityHost>().Workloads, provider.GetRequiredService<ITaskResults>(), UtcClock.Instance));
        services.AddSingleton(FanOutSettings.Read(configuration));
    }

    /// <summary>The queue of <see cref="Triggers.ProcessTask"/>.</summary>
    internal static StorageTaskQueue TaskQueue(StorageAccount account) => new(
        account.Queues.GetQueueClient(account.Names.Tasks), account.Queues.GetQueueClient(account.Names.PoisonTasks), QueuedTaskEncoding.Base64);

    private static void AddActivities(this IServiceCollection services)
    {
        services.AddSingleton<ExecuteTask>();
        services.AddSingleton<ExecuteTaskBatch>();
        services.AddSingleton<RecordTimings>();
        services.AddSingleton<RunInFunction>();
        services.AddSingleton<InspectWorkloads>();
        services.AddSingleton<CheckEvidence>();
        services.AddSingleton<AnalyzeExperiment>();
        services.AddSingleton<EnqueueTasks>();
        services.AddSingleton<CollectQueueResults>();
        services.AddSingleton<MeasureClaim>();
    }

    /// <summary>
    /// Sends traces and metrics to where the settings say: Application Insights, an OpenTelemetry collector, or both. Where they
    /// name neither, none are made: each would cost every task a little.
    /// </summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        bool toMonitor = !string.IsNullOrEmpty(configuration[MonitorConnection]);
        bool toCollector = !string.IsNullOrEmpty(configuration[CollectorEndpoint]);
        if (!toMonitor && !toCollector)
            return;
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();
        telemetry.WithTracing(tracing => tracing.AddSource(MeasurementTelemetry.Name));
        telemetry.WithMetrics(metrics => metrics.AddMeter(MeasurementTelemetry.Name));
        if (toMonitor)
            telemetry.UseAzureMonitorExporter(options => options.Credential = new DefaultAzureCredential());
        if (toCollector)
            telemetry.UseOtlpExporter();
    }
}
