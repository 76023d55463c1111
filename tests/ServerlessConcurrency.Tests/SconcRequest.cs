namespace ServerlessConcurrency.Tests;

/// <summary>A command line, where it is carried out, and the files that its two outputs go to.</summary>
internal sealed record SconcRequest(string Folder, Dictionary<string, string> Variables, string Out, string Error, string[] Arguments);
