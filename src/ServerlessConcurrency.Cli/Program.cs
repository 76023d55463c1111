using ServerlessConcurrency.Cli;

return await CliApplication.RunAsync(args);
