using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;

namespace ServerlessConcurrency.Tests;

/// <summary>An assembly as a compiler makes it in Debug or in Release.</summary>
internal static class EmittedAssembly
{
    /// <summary>Makes one; if it builds on ours, it uses a type of an assembly of ours, as that of a workload does.</summary>
    public static byte[] Create(string name, bool isOptimised, bool buildsOnOurs)
    {
        DebuggableAttribute.DebuggingModes modes = isOptimised
            ? DebuggableAttribute.DebuggingModes.IgnoreSymbolStoreSequencePoints
            : DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations;
        ConstructorInfo debuggable = typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!;
        var assembly = new PersistedAssemblyBuilder(
            new AssemblyName(name), typeof(object).Assembly, [new CustomAttributeBuilder(debuggable, [modes])]);
        TypeBuilder type = assembly.DefineDynamicModule(name).DefineType("StartupHook", TypeAttributes.Public);
        DefineMethod(type, "Initialize");
        DefineMethod(type, "Measure", buildsOnOurs ? typeof(EmittedAssembly) : typeof(object));
        type.CreateType();
        using var bytes = new MemoryStream();
        assembly.Save(bytes);
        return bytes.ToArray();
    }

    /// <summary>Writes one that builds on ours into a folder.</summary>
    /// <returns>The variable that has a program of .NET load it when it starts.</returns>
    public static (string Name, string Value) SaveAsHook(string folder, string name, bool isOptimised)
    {
        string path = Path.Combine(folder, $"{name}.dll");
        File.WriteAllBytes(path, Create(name, isOptimised, buildsOnOurs: true));
        return ("DOTNET_STARTUP_HOOKS", path);
    }

    private static void DefineMethod(TypeBuilder type, string name, params Type[] parameters) =>
        type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, null, parameters).GetILGenerator().Emit(OpCodes.Ret);
}
