using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class ModelCatalogTests
{
    [Fact]
    public void Two_models_of_one_id_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ModelCatalog([new ThreadsModel(), new ThreadsModel()]));

    [Fact]
    public async Task Asking_for_an_unknown_model_lists_the_known_ones()
    {
        await using var catalog = new ModelCatalog(BuiltInModels.Create());

        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => catalog.Get("fork"));

        Assert.Contains("'fork'; known: sequential, threads", error.Message, StringComparison.Ordinal);
    }
}
