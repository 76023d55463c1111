using System.Diagnostics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Load;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Claims;

/// <summary>Measures claims one after another, in .NET and in CPython, and hands the results to the sinks.</summary>
public sealed class ClaimsRunner(
    IReadOnlyList<Claim> claims, PythonSearchResult python, IReadOnlyList<IExperimentSink> sinks, TimeProvider clock)
{
    // Many times what a side takes: whoever waits for longer waits for something that does not come.
    private const int QuickMinutes = 3;
    private const int FullMinutes = 15;

    /// <summary>Measures the claims of a spec. Cancellation and failure end it early and are told in the outcome, not thrown.</summary>
    /// <param name="progress">Is told before and after every claim; may be null.</param>
    public async Task<(ClaimsDocument Document, Exception? Failure)> RunAsync(
        string id, ClaimsSpec spec, ClaimContext context, IProgress<ExperimentProgress>? progress, CancellationToken cancellationToken)
    {
        List<Claim> chosen = [.. claims.Where(claim => spec.Only.Contains(claim.Id))];
        var document = new ClaimsDocument
        {
            Id = id,
            Status = ExperimentStatus.Running,
            StartedAt = clock.GetUtcNow(),
            Spec = spec,
            Environment = context.Environment,
            Progress = new ExperimentProgress(0, chosen.Count, null),
        };
        var course = new ExperimentCourse(sinks, clock);
        return await course.RunAsync(document, MeasureAllAsync, Conclude, cancellationToken);

        async Task MeasureAllAsync()
        {
            foreach (Claim claim in chosen)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Report(document.Progress with { CurrentRun = $"{claim.Id}: {claim.Statement}" });
                ClaimResult result = await MeasureSidesAsync(claim, context, cancellationToken);
                document = document with { Claims = [.. document.Claims, result] };
                Report(document.Progress with { RunsDone = document.Claims.Count, CurrentRun = null });
                await course.CallAsync(sink => sink.UpdateAsync(document, CancellationToken.None), CancellationToken.None);
            }
        }

        ClaimsDocument Conclude(ClaimsDocument ended) =>
            ended with { Claims = document.Claims, Progress = document.Progress, Findings = FindingRules.Evaluate(ended) };

        void Report(ExperimentProgress now)
        {
            document = document with { Progress = now };
            progress?.Report(now);
        }
    }

    /// <summary>Measures one claim on both sides. A measurement that breaks off is told in its evidence.</summary>
    public async Task<ClaimResult> MeasureAsync(Claim claim, ClaimContext context, CancellationToken cancellationToken)
    {
        ClaimResult result = await MeasureSidesAsync(claim, context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    /// <returns>The evidence, with the load and the time; null where the claim has no such side.</returns>
    internal static async Task<ClaimEvidence?> MeasureSideAsync(
        Func<CancellationToken, Task<ClaimEvidence?>> measure, TimeSpan limit, CancellationToken cancellationToken)
    {
        var load = new OtherLoadMeter();
        long began = Stopwatch.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        ClaimEvidence? evidence;
        try
        {
            evidence = await measure(deadline.Token);
        }
#pragma warning disable CA1031 // Whatever it is, the other claims can still be measured.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            string reason = exception is OperationCanceledException
                ? FormattableString.Invariant($"the measurement took longer than {limit.TotalSeconds:0} s and was ended")
                : $"the measurement failed: {exception.Message}";
            evidence = ClaimEvidence.NotMeasurable(reason) with { Failed = true };
        }

        return evidence is null ? null : evidence.Under(load.Stop()) with { Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds };
    }

    // A side that was measured before the cancellation is kept.
    private async Task<ClaimResult> MeasureSidesAsync(Claim claim, ClaimContext context, CancellationToken cancellationToken)
    {
        TimeSpan limit = TimeSpan.FromMinutes(context.Choose(quick: QuickMinutes, full: FullMinutes));
        ClaimEvidence? dotNet = await MeasureSideAsync(
            async token => await claim.MeasureDotNetAsync(context, token), limit, cancellationToken);
        ClaimEvidence? emulated = await UnlessCancelledAsync(token => claim.MeasureEmulatedAsync(context, token));
        ClaimEvidence? cPython = python.Interpreter is { } interpreter
            ? await UnlessCancelledAsync(async token => await claim.MeasurePythonAsync(context, interpreter, token))
            : ClaimEvidence.NotMeasurable(python.WhyNone!);
        string runtime = context.Environment.Runtime;
        return new ClaimResult(
            claim.Id,
            claim.Statement,
            dotNet! with { Runtime = runtime },
            cPython! with { Runtime = python.Interpreter?.Description ?? "" },
            emulated is null ? null : emulated with { Runtime = $"{runtime}, {GilThreadsModel.ModelId}" });

        async Task<ClaimEvidence?> UnlessCancelledAsync(Func<CancellationToken, Task<ClaimEvidence?>> measure)
        {
            try
            {
                return await MeasureSideAsync(measure, limit, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return ClaimEvidence.NotMeasurable("not measured: it was cancelled before");
            }
        }
    }
}
