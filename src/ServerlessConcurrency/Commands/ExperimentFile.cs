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
        SpecError[] errors =
        [
            .. document.Runs.Index().Where(run => run.Item is { IsValid: true, WallMs: not (> 0 and < double.PositiveInfinity) })
                .Select(run => new SpecError(
                    FormattableString.Invariant($"runs[{run.Index}].wallMs"), FormattableString.Invariant($"{run.Item.WallMs} is out of range; expected a time above 0"))),
        ];
        if (errors.Length > 0)
            throw new BadInputException(source, errors);
        return document;
    }

    public static BadInputException NothingInCommon() =>
        BadInputException.OfOption("AFTER", "the experiments have no workload, size, number of tasks and model in common");
}
