using System.Reflection;
using System.Runtime.Loader;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>
/// Loads an assembly that belongs to another program with the dependencies that stand beside it, except those on which it and this program must
/// agree: of them it gets this program's.
/// </summary>
internal sealed class WorkloadLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private const string Product = "ServerlessConcurrency";
    private const string Services = "Microsoft.Extensions.DependencyInjection.Abstractions";

    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName.Name!))
        {
            Assembly shared = Default.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
            return shared.GetName().Version >= assemblyName.Version ? shared : throw new FileLoadException(
                $"it was built with {assemblyName.Name} {assemblyName.Version}, and this program has {shared.GetName().Version}; update this program, or build with that version.");
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;

    private static bool IsShared(string name) => name == Services || name == Product || name.StartsWith(Product + ".", StringComparison.Ordinal);
}
