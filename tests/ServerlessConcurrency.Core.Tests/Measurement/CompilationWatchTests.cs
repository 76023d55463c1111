using System.Reflection.Emit;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Tests.Measurement;

[Collection(nameof(AloneInProcess))]
public class CompilationWatchTests
{
    [Fact]
    public async Task Compilation_is_settled_when_nothing_is_compiled_any_more()
    {
        var watch = new CompilationWatch();

        await Patience.UntilAsync(watch.IsSettled, "it settles");
    }

    [Fact]
    public async Task A_method_that_is_compiled_begins_the_wait_anew()
    {
        var watch = new CompilationWatch();
        await Patience.UntilAsync(watch.IsSettled, "it settles");

        Compile();

        Assert.False(watch.IsSettled());
        Assert.False(watch.IsSettled());
        await Patience.UntilAsync(watch.IsSettled, "it settles again");
    }

    private static void Compile()
    {
        var method = new DynamicMethod("one", typeof(int), []);
        ILGenerator body = method.GetILGenerator();
        body.Emit(OpCodes.Ldc_I4_1);
        body.Emit(OpCodes.Ret);
        Assert.Equal(1, method.CreateDelegate<Func<int>>()());
    }
}
