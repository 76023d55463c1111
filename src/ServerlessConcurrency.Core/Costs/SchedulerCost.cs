using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>
/// What the Durable Task Scheduler, SKU Consumption, charges for a fan-out: its actions. One is a message that it dispatches to the app: to start an
/// orchestration, to execute an activity, to process the result of one, or when a timer is due. (Microsoft Learn, "Durable Task Scheduler billing",
/// 1 May 2026, https://learn.microsoft.com/azure/durable-task/scheduler/durable-task-scheduler-billing: 7 for three activities.)
/// </summary>
public static class SchedulerCost
{
    private const int PerActivity = 2;

    /// <summary>The actions of one orchestration.</summary>
    /// <param name="activities">How many activities it calls, retries included.</param>
    /// <param name="timers">How many timers it waits for: one before each retry.</param>
    public static double Actions(int activities, int timers) => 1 + (PerActivity * activities) + timers;

    /// <returns>US dollars; null where the price is not known.</returns>
    public static double? Of(RunUse use, PriceList prices) =>
        use.SchedulerActions == 0 ? 0 : use.SchedulerActions / 1_000_000 * prices.Find(PriceField.SchedulerMillionActions);
}
