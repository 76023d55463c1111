using Microsoft.Extensions.DependencyInjection;

namespace ServerlessConcurrency;

/// <summary>
/// A public class of this kind, with a public constructor without parameters, registers what the constructors of an assembly's workloads take.
/// Registered already: <see cref="HttpClient"/> and <see cref="TimeProvider"/>.
/// </summary>
public interface IWorkloadServices
{
    /// <summary>Registers services; called once in every process.</summary>
    /// <param name="services">Where.</param>
    void Register(IServiceCollection services);
}
