using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>The storage emulator cannot be had on this machine, because what runs it is not installed.</summary>
public sealed class EmulatorMissingException(string message) : StorageUnavailableException(message);
