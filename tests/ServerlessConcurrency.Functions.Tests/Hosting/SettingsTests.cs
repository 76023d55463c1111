using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServerlessConcurrency.Core.Telemetry;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Functions.Hosting;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Functions.Tests.Hosting;

public sealed class SettingsTests
{
    private const string HostOverride = "AzureFunctionsJobHost__";

    // Read by the Functions host alone.
    private static readonly string[] OfHost = ["FUNCTIONS_WORKER_RUNTIME"];

    public static TheoryData<string> Samples => [.. Sample.Select(setting => setting.Key)];

    private static JsonObject Host => Read(Repository.PathOf("src", "ServerlessConcurrency.Functions", "host.json"));

    private static JsonObject Sample => Read(Repository.PathOf("local.settings.sample.json"))["Values"]!.AsObject();

    [Fact]
    public void A_host_measures_one_activity_and_one_message_at_a_time()
    {
        Assert.Equal(1, (int)Host["extensions"]!["durableTask"]!["maxConcurrentActivityFunctions"]!);
        JsonNode queues = Host["extensions"]!["queues"]!;
        Assert.Equal((1, 0), ((int)queues["batchSize"]!, (int)queues["newBatchThreshold"]!));
    }

    [Theory]
    [InlineData("durableTask:storageProvider:maxQueuePollingInterval", 0.01, 1)]
    [InlineData("queues:maxPollingInterval", 0.01, 1)]
    [InlineData("durableTask:storageProvider:controlQueueVisibilityTimeout", 1, 60)]
    [InlineData("durableTask:storageProvider:workItemQueueVisibilityTimeout", 1, 60)]
    [InlineData("queues:visibilityTimeout", 0, 60)]
    public void A_host_looks_for_work_often_and_takes_over_that_of_a_lost_host_within_a_minute(string path, double low, double high)
    {
        JsonNode node = path.Split(':').Aggregate(Host["extensions"]!, (from, name) => from[name]!);

        Assert.InRange(TimeSpan.Parse((string)node!, System.Globalization.CultureInfo.InvariantCulture).TotalSeconds, low, high);
    }

    [Fact]
    public void Telemetry_is_OpenTelemetry_and_messages_are_read_as_they_are_sent()
    {
        Assert.Equal("OpenTelemetry", (string)Host["telemetryMode"]!);
        Assert.Equal("base64", (string)Host["extensions"]!["queues"]!["messageEncoding"]!);
        Assert.Equal(Api.Contracts.ApiRoutes.Prefix, (string)Host["extensions"]!["http"]!["routePrefix"]!);
    }

    // -1 is none, where the plan allows that: https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script/Config/ScriptJobHostOptionsSetup.cs
    [Fact]
    public void A_run_may_take_as_long_as_its_spec_asks_for() => Assert.Equal("-1", (string)Host["functionTimeout"]!);

    // 3.14 sends none where Application Insights takes identities only: https://github.com/Azure/azure-functions-durable-extension/issues/3497
    [Fact]
    public void The_extension_is_one_that_sends_spans_of_orchestrations_by_identity()
    {
        ExtensionInformationAttribute extension = typeof(DurableClientAttribute).Assembly.GetCustomAttribute<ExtensionInformationAttribute>()!;

        Assert.True(Version.Parse(extension.ExtensionVersion) >= new Version(3, 15), $"{extension.ExtensionPackage} {extension.ExtensionVersion}");
    }

    [Fact]
    public void The_host_delivers_a_message_once_more_than_the_fan_in_counts() =>
        Assert.Equal((int)Host["extensions"]!["queues"]!["maxDequeueCount"]!, new QueueOptions().MaxDeliveries + 1);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_setting_of_the_sample_is_one_that_somebody_reads(string setting)
    {
        if (OfHost.Contains(setting))
            return;
        if (setting.StartsWith(HostOverride, StringComparison.Ordinal))
        {
            JsonNode? node = Host;
            foreach (string name in setting[HostOverride.Length..].Split("__"))
                node = node?[name];
            Assert.True(node is JsonValue, $"host.json has no {setting}");
            Assert.Equal(node.ToString(), (string)Sample[setting]!);
        }
        else if (setting.StartsWith("FanOut__", StringComparison.Ordinal))
        {
            object? byDefault = typeof(FanOutOptions).GetProperty(setting["FanOut__".Length..])?.GetValue(new FanOutOptions());
            Assert.Equal(FormattableString.Invariant($"{byDefault}"), (string)Sample[setting]!);
        }
        else
        {
            Assert.Contains(
                Directory.EnumerateFiles(Repository.PathOf("src", "ServerlessConcurrency.Functions", "Hosting"), "*.cs")
                    .Append(Repository.PathOf("src", "ServerlessConcurrency.Functions", "ServiceRegistration.cs")),
                file => File.ReadAllText(file).Contains($"\"{setting}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_option_of_fan_outs_is_in_the_sample() => Assert.All(
        typeof(FanOutOptions).GetProperties(), option => Assert.True(Sample.ContainsKey($"FanOut__{option.Name}"), option.Name));

    [Fact]
    public void Settings_of_fan_outs_are_read_and_what_is_missing_has_its_default()
    {
        Assert.Equal(new FanOutOptions(), FanOutSettings.Read(Settings()));
        Assert.Equal(
            new FanOutOptions { MaxAttempts = 7, RetryDelaySeconds = 0.5, TasksPerGeneration = 1_000 },
            FanOutSettings.Read(Settings(
                ("FanOut:MaxAttempts", "7"), ("FanOut:RetryDelaySeconds", "0.5"), ("FanOut:TasksPerGeneration", "1000"))));
    }

    [Theory]
    [InlineData("MaxAttempts", "0", "1 to 100")]
    [InlineData("MaxAttempts", "101", "1 to 100")]
    [InlineData("MaxAttempts", "many", "1 to 100")]
    [InlineData("MaxAttempts", "2.5", "1 to 100")]
    [InlineData("RetryDelaySeconds", "0", "0.1 to 3600")]
    [InlineData("RetryDelaySeconds", "NaN", "0.1 to 3600")]
    [InlineData("RetryDelaySeconds", "1,5", "0.1 to 3600")]
    [InlineData("TasksPerGeneration", "-1", "1 to 100000")]
    public void A_bad_setting_is_an_error_that_names_it_its_value_and_its_bounds(string name, string value, string bounds)
    {
        var error = Assert.Throws<InvalidOperationException>(() => FanOutSettings.Read(Settings(($"FanOut:{name}", value))));

        string kind = name == "RetryDelaySeconds" ? "a number" : "a whole number";
        Assert.Equal($"setting FanOut__{name} is '{value}'; expected {kind} from {bounds}", error.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:1")]
    public void Spans_and_metrics_of_experiments_are_sent_where_the_settings_name_a_collector(string? endpoint)
    {
        var spans = new ConcurrentQueue<string>();
        var metrics = new ConcurrentQueue<string>();
        using var reader = new BaseExportingMetricReader(new SeenMetrics(metrics));
        var services = new ServiceCollection();
        services.AddTelemetry(Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint!)));
        services.ConfigureOpenTelemetryTracerProvider((_, builder) => builder.AddProcessor(new SeenSpans(spans)));
        services.ConfigureOpenTelemetryMeterProvider((_, builder) => builder.AddReader(reader));
        using ServiceProvider provider = services.BuildServiceProvider();
        _ = provider.GetService<TracerProvider>();
        _ = provider.GetService<MeterProvider>();
        using var source = new ActivitySource(MeasurementTelemetry.Name);
        using var meter = new Meter(MeasurementTelemetry.Name);

        source.StartActivity("experiment seen")?.Dispose();
        meter.CreateHistogram<double>("sconc.seen").Record(1);
        reader.Collect();

        Assert.Equal((endpoint is not null, endpoint is not null), (spans.Contains("experiment seen"), metrics.Contains("sconc.seen")));
    }

    [Fact]
    public void The_storage_is_that_of_the_host_by_connection_string_or_by_identity()
    {
        StorageAccount emulator = AppStorage.Open(Settings(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("StoragePrefix", "sconc")));
        Assert.Equal(("UseDevelopmentStorage=true", "sconctasks"), (emulator.Connection, emulator.Names.Tasks));
        Assert.Equal("myaccount", AppStorage.Open(Settings(("AzureWebJobsStorage:accountName", "myaccount"), ("StoragePrefix", "sconc"))).Connection);
        Assert.Equal(
            "myaccount",
            AppStorage.Open(Settings(("AzureWebJobsStorage:blobServiceUri", "https://myaccount.blob.core.windows.net"), ("StoragePrefix", "sconc"))).Connection);
        var error = Assert.Throws<InvalidOperationException>(() => AppStorage.Open(Settings()));
        Assert.StartsWith("AzureWebJobsStorage is missing: set it to", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blobServiceUri", "myaccount.blob.core.windows.net", "AzureWebJobsStorage__blobServiceUri is 'myaccount.blob.core.windows.net'; expected https://ACCOUNT.blob.core.windows.net/")]
    [InlineData("blobServiceUri", "http://127.0.0.1:10000/devstoreaccount1", "AzureWebJobsStorage__blobServiceUri is 'http://127.0.0.1:10000/devstoreaccount1'; expected https://")]
    [InlineData("blobServiceUri", "https://.blob.core.windows.net", "AzureWebJobsStorage__blobServiceUri is ")]
    [InlineData("accountName", "My-Account", "AzureWebJobsStorage cannot be used: expected ")]
    [InlineData("", "AccountName=a", "AzureWebJobsStorage cannot be used: expected ")]
    public void A_storage_that_cannot_be_is_told_by_the_name_of_its_setting(string name, string value, string expected)
    {
        string key = name.Length == 0 ? "AzureWebJobsStorage" : $"AzureWebJobsStorage:{name}";
        var error = Assert.Throws<InvalidOperationException>(() => AppStorage.Open(Settings((key, value), ("StoragePrefix", "sconc"))));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SCONC", "setting StoragePrefix: 'SCONC' cannot begin")]
    [InlineData(null, "StoragePrefix is missing: set it to")]
    [InlineData("", "StoragePrefix is missing: set it to")]
    public void Without_a_prefix_for_its_names_the_app_does_not_start(string? prefix, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => AppStorage.Open(Settings(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("StoragePrefix", prefix!))));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();

    private sealed class SeenSpans(ConcurrentQueue<string> names) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => names.Enqueue(data.DisplayName);
    }

    private sealed class SeenMetrics(ConcurrentQueue<string> names) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (Metric metric in batch)
                names.Enqueue(metric.Name);
            return ExportResult.Success;
        }
    }

    private static JsonObject Read(string file) => JsonNode.Parse(
        File.ReadAllText(file), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
}
