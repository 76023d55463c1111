using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims;

/// <summary>What a claim measures with.</summary>
public sealed record ClaimContext
{
    /// <summary>Whether to measure only as much as a verdict needs.</summary>
    public required bool Quick { get; init; }

    /// <summary>The seed of task inputs and of the bootstrap.</summary>
    public required long Seed { get; init; }

    /// <summary>Where it runs.</summary>
    public required EnvironmentInfo Environment { get; init; }

    /// <summary>How to start child processes of this program.</summary>
    public required WorkerLaunch Launch { get; init; }

    /// <summary>What workloads talk to; its folder is there for files of any kind.</summary>
    public required WorkloadEnvironment Workloads { get; init; }

    /// <summary>Runs workloads under the models of this engine.</summary>
    public required IModelRuns Models { get; init; }

    /// <summary>The storage account; null without storage.</summary>
    public StorageAccount? Account { get; init; }

    /// <summary>The folder for files of the measurement, which is there and is removed afterwards.</summary>
    public string Folder => Workloads.FileFolder;

    /// <summary>Chooses between the numbers of a quick and of a full measurement.</summary>
    public int Choose(int quick, int full) => Quick ? quick : full;
}
