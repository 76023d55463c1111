using ServerlessConcurrency;

return await ConcurrencyLab.RunAsync(args);
