using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Commands;

internal static class ExperimentFile
{
    /// <exception cref="BadInputException">It cannot be read, or is not what run writes.</exception>
    public static MeasurementDocument Read(string path) => InputFile.ReadWritten<MeasurementDocument>(path, "an experiment", "run");

    /// <summary>Checks what the format leaves open.</summary>
    /// <exception cref="BadInputException">It is of claims, or a run that counts took no time.</exception>
    public static ExperimentDocument Check(string source, MeasurementDocument stored)
    {
        if (stored is not ExperimentDocument document)
            throw NothingInCommon();
        IReadOnlyList<SpecError> errors = ExperimentComparer.Check(document);
        return errors.Count == 0 ? document : throw new BadInputException(source, errors);
    }

    public static BadInputException NothingInCommon() =>
        BadInputException.OfOption("AFTER", "the experiments have no workload, size, number of tasks and model in common");
}
