using System.Globalization;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The fits of the Universal Scalability Law: parameters, residuals and what they would say of 1,000 instances.</summary>
internal static class SweepScalabilitySection
{
    public static void Write(HtmlWriter html, SweepDocument document)
    {
        if (document.Fits.Count == 0)
            return;
        html.WriteLine(
            $"""
            <section class="card">
            <h3 id="scalability">Universal Scalability Law <span class="of">X(N) = λN / (1 + σ(N − 1) + κN(N − 1))</span></h3>
            """);
        HtmlTable.Write(
            html,
            "Fits",
            "Fits by model",
            () => html.Write(
                $"""
                <th scope="col">Model</th><th scope="col" class="n">λ<small>tasks a second</small></th>
                <th scope="col" class="n">σ contention<small>95 % interval</small></th><th scope="col" class="n">κ coherency<small>95 % interval</small></th>
                <th scope="col" class="n">Peak<small>95 % interval</small></th><th scope="col" class="n">Speed-up at 1,000<small>extrapolated</small></th>
                <th scope="col" class="n">Residuals<small>RMS; by value, %</small></th>
                """),
            () =>
            {
                foreach (ScalabilityFit fit in document.Fits)
                    WriteRow(html, fit);
            });
        foreach (string remark in SweepText.FitRemarks(document))
            html.WriteLine($"""<p class="of">{remark}</p>""");
        html.WriteLine($"</section>");
    }

    private static void WriteRow(HtmlWriter html, ScalabilityFit fit)
    {
        html.Write($"""<tr><th scope="row">{fit.Model}<small>{fit.Workload}</small></th>""");
        if (fit.Law is null)
            html.Write($"""<td colspan="6" class="missing">No fit: {fit.NoFit}</td>""");
        else
        {
            ScalabilityExtrapolation extrapolation = fit.Extrapolation!;
            html.Write($"""<td class="n">{Figures.Ratio(fit.Law.Lambda)}</td>""");
            WriteFigure(html, SweepText.Estimate(fit.Sigma), SweepText.Interval(fit.Sigma));
            WriteFigure(html, SweepText.Estimate(fit.Kappa), SweepText.Interval(fit.Kappa));
            WriteFigure(html, SweepText.PeakEstimate(fit.Peak), SweepText.PeakInterval(fit.Peak));
            WriteFigure(html, $"{Figures.Ratio(extrapolation.Speedup.Estimate)}×", $"{Figures.Ratio(extrapolation.Speedup.Low)} to {Figures.Ratio(extrapolation.Speedup.High)}");
            WriteFigure(html, $"{Figures.Ratio(fit.RmsResidualPercent)} %", string.Join(", ", fit.Points.Where(point => point.ResidualPercent is not null).Select(point => $"{point.Degree}: {Signed(point.ResidualPercent)}")));
        }

        html.WriteLine($"</tr>");
    }

    private static void WriteFigure(HtmlWriter html, string estimate, string interval) =>
        html.Write($"""<td class="n">{estimate}<small>{interval}</small></td>""");

    private static string Signed(double? percent) => (percent >= 0 ? "+" : "") + (percent ?? 0).ToString("0.0", CultureInfo.InvariantCulture);
}
