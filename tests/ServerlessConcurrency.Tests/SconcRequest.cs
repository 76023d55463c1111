namespace ServerlessConcurrency.Tests;

/// <summary>A command line, and the files that it writes its two outputs to.</summary>
internal sealed record SconcRequest(string Folder, string TemporaryFiles, string Out, string Error, string[] Arguments);
