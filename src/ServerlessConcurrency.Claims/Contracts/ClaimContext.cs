using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Contracts;

/// <summary>What a claim measures with.</summary>
public sealed record ClaimContext
{
    /// <summary>Whether to measure only as much as a verdict needs.</summary>
    public required bool Quick { get; init; }

    /// <summary>The seed of task inputs and of the bootstrap.</summary>
    public required long Seed { get; init; }

    public required EnvironmentInfo Environment { get; init; }

    /// <summary>How to start child processes of this program.</summary>
    public required WorkerLaunch Launch { get; init; }

    public required WorkloadEnvironment Workloads { get; init; }

    public required IModelRuns Models { get; init; }

    /// <summary>The storage account; null without storage.</summary>
    public StorageAccount? Account { get; init; }

    /// <summary>The folder for files of the measurement, which is there and is removed afterwards.</summary>
    public string Folder => Workloads.FileFolder;

    /// <summary>Chooses between the numbers of a quick and of a full measurement.</summary>
    public int Choose(int quick, int full) => Quick ? quick : full;
}
