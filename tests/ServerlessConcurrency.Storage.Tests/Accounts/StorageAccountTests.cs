using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Tests.Azurite;

namespace ServerlessConcurrency.Storage.Tests.Accounts;

[Collection(AzuriteFixture.Collection)]
public sealed class StorageAccountTests(AzuriteFixture azurite)
{
    private const int Guard = 120_000;
    private static readonly StorageOptions Impatient = new() { Patience = TimeSpan.FromSeconds(1), NetworkTimeout = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData("")]
    [InlineData("no such thing")]
    [InlineData("UPPER")]
    [InlineData("ab")]
    [InlineData("a=b")]
    [InlineData("AccountName=account")]
    [InlineData("AccountName=account;AccountKey=not base64!")]
    [InlineData("BlobEndpoint=https://account.blob.core.windows.net;SharedAccessSignature=sv=secret")]
    [InlineData("UseDevelopmentStorage=perhaps")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=;AccountKey=;")]
    public void A_malformed_connection_names_the_option_and_what_is_accepted(string connection)
    {
        var exception = Assert.Throws<StorageConnectionException>(() => StorageAccount.Parse(connection));

        Assert.StartsWith("--connection", exception.Message, StringComparison.Ordinal);
        Assert.Contains("UseDevelopmentStorage=true", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("base64!", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_development_account_is_on_the_well_known_ports() =>
        Assert.Equal(10002, StorageAccount.Parse("UseDevelopmentStorage=true").Tables.Uri.Port);

    [Fact]
    public void An_account_name_stands_for_its_https_endpoints()
    {
        var account = StorageAccount.Parse("mystorage1");

        Assert.Equal("https://mystorage1.blob.core.windows.net/", account.Blobs.Uri.AbsoluteUri);
        Assert.Equal("https://mystorage1.queue.core.windows.net/", account.Queues.Uri.AbsoluteUri);
        Assert.Equal("https://mystorage1.table.core.windows.net/", account.Tables.Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("1st")]
    [InlineData("with-hyphen")]
    [InlineData("ä")]
    [InlineData("a23456789012345678901234567890x")]
    public void A_prefix_that_is_not_valid_everywhere_is_refused(string prefix)
    {
        var exception = Assert.Throws<StorageConnectionException>(() => new StorageNames(prefix));
        Assert.StartsWith("StoragePrefix", exception.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData("")]
    [InlineData("a23456789012345678901234567890")]
    public async Task Every_name_with_a_valid_prefix_is_accepted_by_the_service(string prefix)
    {
        var account = StorageAccount.Parse(azurite.ConnectionString, new StorageOptions { Prefix = prefix });

        await account.Tables.CreateTableIfNotExistsAsync(account.Names.Experiments);
        await account.Tables.CreateTableIfNotExistsAsync(account.Names.Runs);
        await account.Blobs.GetBlobContainerClient(account.Names.Reports).CreateIfNotExistsAsync();
        await account.Blobs.GetBlobContainerClient(account.Names.Workload).CreateIfNotExistsAsync();
        await account.Queues.GetQueueClient(account.Names.Tasks).CreateIfNotExistsAsync();
        await account.Queues.GetQueueClient(account.Names.PoisonTasks).CreateIfNotExistsAsync();
    }

    [Fact(Timeout = Guard)]
    public async Task Storage_that_stays_away_is_an_error_that_names_the_endpoint_and_no_key()
    {
        var account = StorageAccount.Parse(new AzuriteEndpoints(1, 1, 1).ConnectionString, Impatient);

        foreach (Func<Task> call in EveryService(account))
        {
            var exception = await Assert.ThrowsAsync<StorageUnavailableException>(call);
            Assert.Contains("http://127.0.0.1:1", exception.Message, StringComparison.Ordinal);
            Assert.Contains("--connection", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Eby8", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Guard)]
    public async Task Storage_that_accepts_connections_and_says_nothing_is_an_error()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        int port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        var account = StorageAccount.Parse(new AzuriteEndpoints(port, port, port).ConnectionString, Impatient);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.Blobs.GetPropertiesAsync());

        Assert.Contains("network timeout", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task Storage_that_comes_back_in_time_is_waited_for()
    {
        var real = new Uri(StorageAccount.Parse(azurite.ConnectionString).Tables.Uri.AbsoluteUri);
        using var proxy = new SwitchableProxy(real.Port);
        var options = new StorageOptions { Patience = TimeSpan.FromMinutes(1), Prefix = azurite.NewPrefix() };
        var account = StorageAccount.Parse(new AzuriteEndpoints(proxy.Port, proxy.Port, proxy.Port).ConnectionString, options);
        await account.Tables.CreateTableIfNotExistsAsync(account.Names.Runs);

        proxy.SwitchOff();
        Task call = account.Tables.DeleteTableAsync(account.Names.Runs);
        Assert.NotSame(call, await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(300))));
        proxy.SwitchOn();

        await call;
    }

    [Fact(Timeout = Guard)]
    public async Task A_wrong_key_is_an_error_with_advice_on_access_at_once()
    {
        string wrong = azurite.ConnectionString.Replace("Eby8", "AAAA", StringComparison.Ordinal);
        var account = StorageAccount.Parse(wrong, new StorageOptions { Patience = TimeSpan.FromMinutes(10) });

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.Blobs.GetPropertiesAsync());

        Assert.Contains("refused access (403", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData(200)]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(404)]
    public async Task What_is_no_storage_is_told_from_what_it_answers(int status)
    {
        using OtherServer other = OtherServer.WithPage(status);
        var ports = new AzuriteEndpoints(other.Port, other.Port, other.Port);

        foreach (Func<Task> call in EveryService(StorageAccount.Parse(ports.ConnectionString, Impatient)))
        {
            var exception = await Assert.ThrowsAsync<StorageUnavailableException>(call);
            Assert.StartsWith($"what answers at http://127.0.0.1:{other.Port} is no Azure Storage: {status}", exception.Message, StringComparison.Ordinal);
        }

        var said = new Said();
        Assert.False(await WellKnownEmulator.AnswersAsync(ports, said, default));
        Assert.Contains("not by a storage emulator that can be used", Assert.Single(said.Lines), StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData(400, "InvalidHeaderValue", "Azurite-Blob/3.1.0", "--skipApiVersionCheck")]
    [InlineData(400, "OutOfRangeInput", "Windows-Azure", "Check the address")]
    [InlineData(405, "UnsupportedHttpVerb", "Windows-Azure", "Check the address")]
    [InlineData(411, "MissingContentLengthHeader", "Windows-Azure", "Check the address")]
    [InlineData(413, "RequestBodyTooLarge", "Windows-Azure", "Check the address")]
    public async Task What_the_storage_refuses_is_one_line_with_its_code_at_once(int status, string code, string server, string advice)
    {
        using OtherServer refusing = OtherServer.Refusing(status, code, server);
        var account = StorageAccount.Parse(
            new AzuriteEndpoints(refusing.Port, refusing.Port, refusing.Port).ConnectionString, new StorageOptions { Patience = TimeSpan.FromMinutes(10) });

        foreach (Func<Task> call in EveryService(account))
        {
            var exception = await Assert.ThrowsAsync<StorageUnavailableException>(call);
            Assert.Contains($"refused the request ({status} {code})", exception.Message, StringComparison.Ordinal);
            Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
        }

        Assert.Equal(4, refusing.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("azurite")]
    public void An_emulator_is_asked_in_a_version_that_it_knows_wherever_it_is(string host)
    {
        string connection = new AzuriteEndpoints(10000, 10001, 10002).ConnectionString.Replace("127.0.0.1", host, StringComparison.Ordinal);
        StorageAccount account = StorageAccount.Parse(connection);

        Assert.Equal(Azure.Storage.Blobs.BlobClientOptions.ServiceVersion.V2021_12_02, account.Clients.BlobOptions().Version);
        Assert.Equal(Azure.Storage.Queues.QueueClientOptions.ServiceVersion.V2021_12_02, account.Clients.QueueOptions().Version);
    }

    [Fact]
    public void A_host_name_under_which_the_client_libraries_would_look_in_the_wrong_place_is_refused()
    {
        string connection = new AzuriteEndpoints(20000, 20001, 20002).ConnectionString.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        var refused = Assert.Throws<StorageConnectionException>(() => StorageAccount.Parse(connection));

        Assert.StartsWith("--connection: BlobEndpoint http://localhost:20000/devstoreaccount1 has the account in its path", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task Cancellation_between_two_tries_is_cancellation()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        int port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        var options = new StorageOptions { Patience = TimeSpan.FromMinutes(10), NetworkTimeout = TimeSpan.FromMilliseconds(200) };
        var account = StorageAccount.Parse(new AzuriteEndpoints(port, port, port).ConnectionString, options);

        foreach (Func<CancellationToken, Task> call in new Func<CancellationToken, Task>[]
        {
            token => account.Tables.CreateTableIfNotExistsAsync("x", token),
            token => account.Blobs.GetPropertiesAsync(token),
            token => account.Queues.GetPropertiesAsync(token),
            token => Task.Run(() => account.Blobs.GetProperties(token), CancellationToken.None),
        })
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call(cancellation.Token));
        }
    }

    [Fact(Timeout = Guard)]
    public async Task Cancellation_is_not_taken_for_a_fault()
    {
        var account = StorageAccount.Parse(
            new AzuriteEndpoints(1, 1, 1).ConnectionString, new StorageOptions { Patience = TimeSpan.FromMinutes(10) });
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => account.Tables.CreateTableIfNotExistsAsync("x", cancellation.Token));
    }

    [Fact(Timeout = Guard)]
    public async Task Auto_refuses_a_bad_prefix_before_it_starts_an_emulator()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAsync<StorageConnectionException>(() => StorageConnection.OpenAsync(
            StorageConnection.Auto, new StorageOptions { Prefix = "Bad-Prefix" }, folder.Path));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static Func<Task>[] EveryService(StorageAccount account) =>
    [
        () => account.Tables.CreateTableIfNotExistsAsync("x"),
        () => account.Blobs.GetPropertiesAsync(),
        () => account.Queues.GetPropertiesAsync(),
        () => Task.Run(() => account.Blobs.GetProperties()),
    ];
}
