using System.CommandLine;
using ServerlessConcurrency.Cli.Engine;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Cli.Commands;

/// <summary>The argument of commands that work on a stored experiment.</summary>
internal static class StoredExperiment
{
    public static Argument<string> IdArgument() => new("ID") { Description = "The experiment's id, as run and list print it" };

    public static async Task<MeasurementDocument> GetAsync(StorageSession storage, string id, CancellationToken cancellationToken) =>
        await storage.Store.FindAsync(id, cancellationToken) ?? throw NotFound(id);

    /// <summary>Checks an id's form, so that it is safe in file names and table keys.</summary>
    public static string Checked(string id) => ExperimentId.IsValid(id)
        ? id
        : throw new BadInputException("ID", [new SpecError("", $"'{id}' is not an experiment id, e.g. 20260131-093000-k7qd")]);

    public static BadInputException NotFound(string id) =>
        new("ID", [new SpecError("", $"there is no experiment {id} in this storage; 'sconc list' shows what is there, and show and report find a sweep where its folder is (--out)")]);
}
