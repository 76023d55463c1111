using System.Runtime.Loader;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Tests.Measurement;

public sealed class UnoptimisedCodeTests : IDisposable
{
    private readonly AssemblyLoadContext _loaded = new(nameof(UnoptimisedCodeTests), isCollectible: true);

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    public void An_assembly_is_told_that_builds_on_ours_and_is_not_optimised(bool isOptimised, bool buildsOnOurs, bool told)
    {
        using var bytes = new MemoryStream(EmittedAssembly.Create("Thumbnails", isOptimised, buildsOnOurs));

        Assert.Equal(told ? ["Thumbnails"] : [], UnoptimisedCode.Among([typeof(object).Assembly, _loaded.LoadFromStream(bytes)]));
    }

    public void Dispose() => _loaded.Unload();
}
