using ServerlessConcurrency.Api.Contracts;

namespace ServerlessConcurrency.Submit;

/// <summary>The server that runs experiments for <c>submit</c>, and the key it asks for.</summary>
internal sealed class ServerEndpoint
{
    /// <summary>Where the key may be instead of on the command line, which other users of the machine can see.</summary>
    public const string KeyVariable = "SCONC_KEY";

    private ServerEndpoint(Uri root, string? key)
    {
        Root = root;
        Key = key;
    }

    /// <summary>Where it is, e.g. <c>https://name.azurewebsites.net/</c>.</summary>
    public Uri Root { get; }

    /// <summary>The function key; null without one. Never shown.</summary>
    public string? Key { get; }

    public Uri To(string route, string id = "") =>
        new(Root, $"{ApiRoutes.Prefix}/{route.Replace("{id}", id, StringComparison.Ordinal)}");

    public override string ToString() => Root.ToString().TrimEnd('/');

    /// <exception cref="BadInputException">It is no URL of a server, or the key would be sent unprotected.</exception>
    public static ServerEndpoint Parse(string url, string? key)
    {
        key ??= Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } set ? set : null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw BadInputException.OfOption("--endpoint", $"{(url.Contains('@', StringComparison.Ordinal) ? "it" : $"'{url}'")} is not a URL, e.g. http://127.0.0.1:7171 or https://NAME.azurewebsites.net");
        if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            throw BadInputException.OfOption("--endpoint", $"give only the server's address, e.g. {address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}; a key goes into --key");
        if (key is not null && (key.Length == 0 || !key.All(character => character is > ' ' and < '\x7f')))
            throw BadInputException.OfOption("--key", key.Length == 0 ? "is empty; expected a function key" : "has characters that no key has");
        if (key is not null && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            throw BadInputException.OfOption("--key", $"is not sent over http to {address.Host}, where others could read it; use https");
        string path = address.AbsolutePath.TrimEnd('/');
        if (path.EndsWith($"/{ApiRoutes.Prefix}", StringComparison.Ordinal))
            path = path[..^(ApiRoutes.Prefix.Length + 1)];
        return new ServerEndpoint(new UriBuilder(address) { Path = path + "/" }.Uri, key);
    }
}
