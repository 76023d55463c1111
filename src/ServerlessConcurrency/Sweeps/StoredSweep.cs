using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Reporting.Sweeps;

namespace ServerlessConcurrency.Sweeps;

/// <summary>A sweep of earlier on: it lives in its folder, and only its experiments are in the storage.</summary>
internal static class StoredSweep
{
    /// <returns>The sweep; null where there is no sweep of that id.</returns>
    /// <exception cref="BadInputException">Its file cannot be read.</exception>
    public static SweepDocument? Find(string resultsPath, string id)
    {
        string path = Path.Combine(ResultsFolder.PathOf(resultsPath, id), SweepFolder.Document.FileName);
        return File.Exists(path) ? InputFile.ReadWritten<SweepDocument>(path, "a sweep", "sweep") : null;
    }
}
