namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>What a child of C12 is to compute.</summary>
internal sealed record ShareOrder(string Model, int Threads, long Size, int Tasks, int FirstTask, long Seed);
