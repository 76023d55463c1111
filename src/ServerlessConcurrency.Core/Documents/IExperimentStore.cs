using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>Keeps experiments: in Azure Storage, or in files where there is none.</summary>
public interface IExperimentStore
{
    /// <summary>Writes an experiment's state: creates it, or replaces what was known of it.</summary>
    /// <param name="document">The experiment; its runs, analysis and findings are kept once it has ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task SaveAsync(MeasurementDocument document, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes how far an experiment has come, unless it has ended or was deleted meanwhile, however close together these happen.
    /// </summary>
    /// <param name="document">The experiment, which has not ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task<bool> AdvanceAsync(MeasurementDocument document, CancellationToken cancellationToken = default);

    /// <summary>Writes a measured run with its rows; what was there of the same run is replaced.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="run">The run and all of its rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when they are stored.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task AppendAsync(string experimentId, RunTimings run, CancellationToken cancellationToken = default);

    /// <summary>Stores a file of the experiment, e.g. <c>report.html</c>.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="fileName">The file's name, without a folder.</param>
    /// <param name="content">Its bytes, read to the end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task SaveFileAsync(string experimentId, string fileName, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Opens a file of the experiment.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="fileName">The file's name, without a folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The file's bytes, or null where there is none of that name.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task<Stream?> OpenFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file of the experiment, unless there is none of that name.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="fileName">The file's name, without a folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is gone.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task DeleteFileAsync(string experimentId, string fileName, CancellationToken cancellationToken = default);

    /// <summary>Reads an experiment.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The experiment, or null where there is none of that id.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task<MeasurementDocument?> FindAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Lists experiments, newest first, without their runs and analysis.</summary>
    /// <param name="afterId">Only those that follow the experiment of this id, which need not exist; null: from the newest on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The experiments.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    /// <exception cref="ArgumentException">The id does not have the form of one.</exception>
    IAsyncEnumerable<MeasurementDocument> ListAsync(string? afterId = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the runs of an experiment that are stored so far, also while it runs, in the order of their ids.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The runs; none where there is no such experiment.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    IAsyncEnumerable<RunResult> ReadRunsAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Reads one run of an experiment.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run, or null where it is not stored.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task<RunResult?> FindRunAsync(string experimentId, string runId, CancellationToken cancellationToken = default);

    /// <summary>Reads the rows of all measured runs, run by run: of files in the order in which they ran, else in that of <see cref="ExperimentDocument.Runs"/>.</summary>
    /// <param name="document">The experiment, with its runs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The rows of one run at a time.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    IAsyncEnumerable<RunTimings> ReadTimingsAsync(ExperimentDocument document, CancellationToken cancellationToken = default);

    /// <summary>Removes an experiment with its runs, rows and files.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="cancellationToken">Gives up; what is left can be deleted by calling again.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="StorageUnavailableException">The store did not answer, after retries.</exception>
    Task<bool> DeleteAsync(string experimentId, CancellationToken cancellationToken = default);
}
