using System.Text.Json;

namespace ServerlessConcurrency.Claims.Children;

/// <summary>Which scene a child process plays.</summary>
internal sealed record SceneOrder(string Scene, JsonElement Arguments);
