using YamlDotNet.RepresentationModel;

namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>Reads YAML files of this repository.</summary>
internal static class Yaml
{
    public static YamlNode Read(params string[] parts)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read(parts)));
        return stream.Documents[0].RootNode;
    }
}
