using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;
using ServerlessConcurrency.Core.OwnCode;

namespace ServerlessConcurrency.Core.Tests.OwnCode;

public sealed class WorkloadAssemblyTests : IDisposable
{
    private const int FlagsInCorHeader = 16;

    private readonly TemporaryFolder _folder = new();

    private string Library => Path.Combine(_folder.Path, "Library.dll");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_no_assembly_is_told_so()
    {
        File.WriteAllText(Library, "MZ, or so it says");

        Assert.Contains("is not a .NET assembly", Mistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() => Assert.Contains("cannot be read", Mistake(), StringComparison.Ordinal);

    [Fact]
    public void An_assembly_for_a_later_framework_is_told_with_both_versions()
    {
        Save(".NETCoreApp,Version=v99.0");

        string mistake = Mistake();

        Assert.Contains("is built for .NET 99.0", mistake, StringComparison.Ordinal);
        Assert.Contains($".NET {Environment.Version}", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_for_another_processor_is_told()
    {
        Save(".NETCoreApp,Version=v8.0");
        byte[] bytes = File.ReadAllBytes(Library);
        using (var file = new PEReader(new MemoryStream(bytes)))
        {
            // ARM64 on x64, and the other way round; and no longer for any.
            ushort machine = (ushort)(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? Machine.Amd64 : Machine.Arm64);
            BitConverter.TryWriteBytes(bytes.AsSpan(file.PEHeaders.CoffHeaderStartOffset), machine);
            BitConverter.TryWriteBytes(bytes.AsSpan(file.PEHeaders.CorHeaderStartOffset + FlagsInCorHeader), 0);
        }

        File.WriteAllBytes(Library, bytes);

        Assert.Contains("build it for any CPU", Mistake(), StringComparison.Ordinal);
    }

    // As those of the framework are.
    [Fact]
    public void An_assembly_that_is_compiled_ahead_for_this_processor_is_for_it() => Assert.Contains(
        "no public method with [Workload]", Assert.Throws<OwnCodeException>(() => WorkloadAssembly.Load(typeof(Enumerable).Assembly.Location)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_assembly_without_workloads_is_told_so()
    {
        Save(".NETCoreApp,Version=v8.0");

        Assert.Contains("no public method with [Workload]", Mistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workload_of_a_class_that_is_not_public_is_told()
    {
        Save(".NETCoreApp,Version=v8.0", static type => type.DefineMethod("Work", MethodAttributes.Public | MethodAttributes.Static), TypeAttributes.NotPublic);

        Assert.Contains("workload 'work', Type.Work: is not a public method of a public class", Mistake(), StringComparison.Ordinal);
    }

    // What a signature names is looked for when the methods are, and not with the types.
    [Fact]
    public void A_workload_whose_result_is_of_an_assembly_that_is_not_there_is_told_with_what_to_do()
    {
        var missing = new PersistedAssemblyBuilder(new AssemblyName("Missing"), typeof(object).Assembly);
        Type result = missing.DefineDynamicModule("Missing").DefineType("Result", TypeAttributes.Public).CreateType();
        Save(".NETCoreApp,Version=v8.0", type => type.DefineMethod("Work", MethodAttributes.Public | MethodAttributes.Static, result, []));

        string mistake = Mistake();

        Assert.StartsWith($"{Library}: ", mistake, StringComparison.Ordinal);
        Assert.Contains("'Missing, ", mistake, StringComparison.Ordinal);
        Assert.Contains("EnableDynamicLoading", mistake, StringComparison.Ordinal);
    }

    private string Mistake() => Assert.Throws<OwnCodeException>(() => WorkloadAssembly.Load(Library)).Message;

    private void Save(string framework, Func<TypeBuilder, MethodBuilder>? define = null, TypeAttributes visibility = TypeAttributes.Public)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Library"), typeof(object).Assembly);
        assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(TargetFrameworkAttribute).GetConstructor([typeof(string)])!, [framework]));
        TypeBuilder type = assembly.DefineDynamicModule("Library").DefineType("Type", visibility);
        if (define?.Invoke(type) is { } workload)
        {
            workload.SetCustomAttribute(new CustomAttributeBuilder(typeof(WorkloadAttribute).GetConstructor([typeof(string)])!, ["work"]));
            workload.GetILGenerator().ThrowException(typeof(NotSupportedException));
        }

        type.CreateType();
        assembly.Save(Library);
    }
}
