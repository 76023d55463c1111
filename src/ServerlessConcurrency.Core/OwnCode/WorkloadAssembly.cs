using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>An assembly with methods that are marked as workloads. Loaded once in a process, which has one object of each of their classes.</summary>
public sealed class WorkloadAssembly
{
    private const string NotAnAssembly = "is not a .NET assembly; build the project and name its .dll";

    private static readonly ConcurrentDictionary<string, Lazy<WorkloadAssembly>> Loaded = new(StringComparer.Ordinal);

    private readonly Lazy<WorkloadInstances> _instances;

    private WorkloadAssembly(string path)
    {
        CheckFile(path);
        Assembly assembly = LoadAssembly(path);
        try
        {
            Type[] types = TypesOf(assembly);
            _instances = new Lazy<WorkloadInstances>(() => new WorkloadInstances(types));
            Workloads = WorkloadDiscovery.Find(path, types, _instances);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or TypeLoadException)
        {
            throw new OwnCodeException($"{path}: {exception.Message} Publish the project, or build it with EnableDynamicLoading, so that all it needs stands beside it.", exception);
        }
    }

    /// <summary>Its workloads, in the order of their names.</summary>
    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>Loads an assembly with what it depends on and looks for its workloads.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <exception cref="OwnCodeException">It cannot be loaded, or has no workloads or such as cannot be run; every mistake is told.</exception>
    public static WorkloadAssembly Load(string path) =>
        Loaded.GetOrAdd(path, static path => new Lazy<WorkloadAssembly>(() => new WorkloadAssembly(path))).Value;

    /// <summary>Whether an assembly marks any of its methods as workloads, well or not.</summary>
    public static bool HasWorkloads(Assembly assembly) => TypesOf(assembly).Any(type => WorkloadDiscovery.Marked(type).Any());

    /// <summary>Disposes of every object that was constructed in this process.</summary>
    public static async Task DisposeAllAsync()
    {
        foreach (Lazy<WorkloadAssembly> loaded in Loaded.Values)
            if (loaded.IsValueCreated && loaded.Value._instances.IsValueCreated)
                await loaded.Value._instances.Value.DisposeAsync();
    }

    // Those that are not public, too, whose workloads are mistakes to be told; of these, what cannot be loaded is nobody's loss.
    private static Type[] TypesOf(Assembly assembly)
    {
        _ = assembly.GetExportedTypes();
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return [.. exception.Types.OfType<Type>()];
        }
    }

    // Before it is loaded: what the runtime says of such files names neither the cause nor the remedy.
    private static void CheckFile(string path)
    {
        RegularFile.ThrowIfOther(path);
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata)
                throw new OwnCodeException($"{path} {NotAnAssembly}");
            Machine machine = file.PEHeaders.CoffHeader.Machine;
            Architecture here = RuntimeInformation.ProcessArchitecture;
            if (machine != Machine.I386 && machine != MachineOf(here) && machine != CompiledAhead(MachineOf(here)) && !file.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.ILOnly))
                throw new OwnCodeException($"{path} is built for {machine}, and this program runs on {here}; build it for any CPU");
            if (LaterFramework(file.GetMetadataReader()) is { } later)
                throw new OwnCodeException($"{path} is built for .NET {later}, and this program runs on .NET {Environment.Version}; build it for .NET {Environment.Version.Major}.0");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OwnCodeException($"{path} cannot be read: {exception.Message}", exception);
        }
        catch (BadImageFormatException exception)
        {
            throw new OwnCodeException($"{path} {NotAnAssembly}", exception);
        }
    }

    // What is compiled ahead for an operating system other than Windows names both in one number.
    private static Machine CompiledAhead(Machine machine) =>
        (Machine)((ushort)machine ^ (OperatingSystem.IsLinux() ? 0x7B79 : OperatingSystem.IsMacOS() ? 0x4644 : 0));

    private static Machine MachineOf(Architecture architecture) => architecture switch
    {
        Architecture.X64 => Machine.Amd64,
        Architecture.Arm64 => Machine.Arm64,
        Architecture.X86 => Machine.I386,
        Architecture.Arm => Machine.ArmThumb2,
        _ => Machine.Unknown,
    };

    private static Version? LaterFramework(MetadataReader metadata)
    {
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            BlobReader value = metadata.GetBlobReader(metadata.GetCustomAttribute(handle).Value);
            // After the prolog of a custom attribute comes its text: ".NETCoreApp,Version=v10.0".
            if (value.Length > sizeof(ushort) && value.ReadUInt16() == 1 && ReadText(ref value) is { } text
                && text.StartsWith(".NETCoreApp,", StringComparison.Ordinal) && new FrameworkName(text).Version is var version
                && version > new Version(Environment.Version.Major, Environment.Version.Minor))
                return version;
        }

        return null;
    }

    private static string? ReadText(ref BlobReader value)
    {
        try
        {
            return value.ReadSerializedString();
        }
        catch (BadImageFormatException)
        {
            // Another attribute, whose argument is no text.
            return null;
        }
    }

    private static Assembly LoadAssembly(string path)
    {
        try
        {
            // This program is there already, with its dependencies.
            return Assembly.GetEntryAssembly() is { } program && program.Location == path ? program : new WorkloadLoadContext(path).LoadFromAssemblyPath(path);
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            throw new OwnCodeException($"{path} cannot be loaded: {exception.Message}", exception);
        }
    }
}
