using ServerlessConcurrency.Storage.Azurite;

// A program that uses the emulator of a folder until its standard input ends or it is killed: what the tests start as a
// child process.
await using AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(args[0]);
Console.WriteLine(instance.ConnectionString);
await Console.In.ReadToEndAsync();
