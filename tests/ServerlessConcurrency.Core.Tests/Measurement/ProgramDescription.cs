using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Tests.Measurement;

/// <summary>How a program describes itself, printed by one that was started for it.</summary>
internal static class ProgramDescription
{
    public const string Name = "program-description";

    public static string Read()
    {
        EnvironmentInfo here = MachineInfo.Describe("local");
        return $"{UnoptimisedCode.Refusal()}|{here.Configuration}|{here.Gc}|{here.Tiering}|{here.Variables}";
    }
}
