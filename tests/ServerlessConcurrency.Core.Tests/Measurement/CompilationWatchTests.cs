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

    [Fact]
    public async Task With_tiers_each_method_is_given_the_executions_that_compile_it_anew()
    {
        string executions = await ChildProcess.RunAsync(("DOTNET_TieredCompilation", "1"), TieredCompilation.Name);

        // Twice the 30 calls after which the runtime compiles a method anew.
        Assert.All(executions.Split(' '), count => Assert.InRange(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), 60, int.MaxValue));
    }

    [Fact]
    public async Task Without_tiers_two_executions_are_enough()
    {
        var watch = new CompilationWatch();
        await Patience.UntilAsync(watch.IsSettled, "it settles");
        Compile();

        // This process compiles other things, too, now and then.
        int fewest = int.MaxValue;
        for (int attempt = 0; attempt < 20 && fewest > 3; attempt++)
        {
            Compile();
            int executions = 1;
            while (!watch.IsSettled())
                executions++;
            fewest = Math.Min(fewest, executions);
        }

        Assert.Equal(3, fewest);
    }

    internal static void Compile()
    {
        var method = new DynamicMethod("one", typeof(int), []);
        ILGenerator body = method.GetILGenerator();
        body.Emit(OpCodes.Ldc_I4_1);
        body.Emit(OpCodes.Ret);
        Assert.Equal(1, method.CreateDelegate<Func<int>>()());
    }
}
