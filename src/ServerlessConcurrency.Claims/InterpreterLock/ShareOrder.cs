namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>What a child of C12 is to compute.</summary>
/// <param name="Model">Under which in-function model.</param>
/// <param name="Threads">With how many threads.</param>
/// <param name="Size">The size of a task.</param>
/// <param name="Tasks">How many tasks.</param>
/// <param name="FirstTask">The index of the first.</param>
/// <param name="Seed">Their seed.</param>
internal sealed record ShareOrder(string Model, int Threads, long Size, int Tasks, int FirstTask, long Seed);
