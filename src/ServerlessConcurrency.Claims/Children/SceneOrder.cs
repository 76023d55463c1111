using System.Text.Json;

namespace ServerlessConcurrency.Claims.Children;

/// <summary>Which scene a child process plays.</summary>
/// <param name="Scene">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record SceneOrder(string Scene, JsonElement Arguments);
