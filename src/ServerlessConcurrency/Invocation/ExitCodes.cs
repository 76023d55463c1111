namespace ServerlessConcurrency.Invocation;

internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int BadInput = 2;
    public const int StorageNotReachable = 3;
    public const int Regression = 4;
    public const int Cancelled = 130;
}
