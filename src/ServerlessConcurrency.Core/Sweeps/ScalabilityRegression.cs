using MathNet.Numerics.LinearAlgebra;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>
/// Fits the Universal Scalability Law exactly: N / X(N) = a + b (N - 1) + c N (N - 1) with a = 1 / lambda, b = sigma / lambda and
/// c = kappa / lambda is linear, so that the least squares of the relative errors, under a, b, c of 0 or more, are found by
/// solving them for every choice of the coefficients that are 0 (Lawson and Hanson, "Solving Least Squares Problems", 1974,
/// chapter 23, where the search is shortened for many coefficients).
/// </summary>
internal static class ScalabilityRegression
{
    private const int Coefficients = 3;

    // The full set first: where its solution is feasible, it is the best there is.
    private static readonly int[][] ActiveSets = [[0, 1, 2], [0, 1], [0, 2], [1, 2], [0], [1], [2]];

    /// <param name="degrees">Three or more distinct degrees, 1 or more.</param>
    /// <param name="tasksPerSecond">The throughput at each, above 0.</param>
    /// <returns>The law; null if the throughput falls so steeply from the first degree on that no throughput at degree 1 fits.</returns>
    public static ScalabilityLaw? Fit(double[] degrees, double[] tasksPerSecond)
    {
        double[]? best = null;
        double bestError = double.PositiveInfinity;
        foreach (int[] active in ActiveSets)
        {
            double[]? solution = Solve(degrees, tasksPerSecond, active);
            if (solution is null)
                continue;
            double error = ErrorOf(solution, degrees, tasksPerSecond);
            if (error < bestError)
                (best, bestError) = (solution, error);
            if (active.Length == Coefficients)
                break;
        }

        return best is not [> 0, _, _] ? null : new ScalabilityLaw(1 / best[0], best[1] / best[0], best[2] / best[0]);
    }

    // Null where a coefficient comes out negative.
    private static double[]? Solve(double[] degrees, double[] tasksPerSecond, int[] active)
    {
        Matrix<double> weighted = Matrix<double>.Build.Dense(
            degrees.Length, active.Length, (row, column) => Term(active[column], degrees[row]) * tasksPerSecond[row] / degrees[row]);
        Vector<double> solved = weighted.QR().Solve(Vector<double>.Build.Dense(degrees.Length, 1.0));
        var coefficients = new double[Coefficients];
        for (int index = 0; index < active.Length; index++)
            coefficients[active[index]] = solved[index];
        return Array.TrueForAll(coefficients, coefficient => coefficient >= 0) ? coefficients : null;
    }

    private static double ErrorOf(double[] coefficients, double[] degrees, double[] tasksPerSecond)
    {
        double sum = 0;
        for (int row = 0; row < degrees.Length; row++)
        {
            double fitted = 0;
            for (int term = 0; term < Coefficients; term++)
                fitted += coefficients[term] * Term(term, degrees[row]);
            double relative = (fitted * tasksPerSecond[row] / degrees[row]) - 1;
            sum += relative * relative;
        }

        return sum;
    }

    private static double Term(int coefficient, double degree) => coefficient switch
    {
        0 => 1,
        1 => degree - 1,
        _ => degree * (degree - 1),
    };
}
