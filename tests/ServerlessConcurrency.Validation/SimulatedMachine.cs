namespace ServerlessConcurrency.Validation;

/// <summary>A machine on which time passes as runs are made, and on which other programs come and go at any time, within runs too.</summary>
internal sealed class SimulatedMachine(SimulatedLoad load, Random random)
{
    private bool _isBusy;
    private double _untilChange = Exponential(random, load.Calm);

    /// <summary>Makes a run.</summary>
    /// <param name="work">How long it takes on the undisturbed machine.</param>
    /// <returns>How long it took.</returns>
    public double Run(double work)
    {
        double elapsed = 0;
        for (; ; )
        {
            double slowness = _isBusy ? load.Slowdown : 1;
            if (work * slowness <= _untilChange)
            {
                _untilChange -= work * slowness;
                return elapsed + (work * slowness);
            }

            elapsed += _untilChange;
            work -= _untilChange / slowness;
            _isBusy = !_isBusy;
            _untilChange = Exponential(random, _isBusy ? load.Busy : load.Calm);
        }
    }

    private static double Exponential(Random random, double mean) =>
        double.IsPositiveInfinity(mean) ? mean : -mean * Math.Log(1 - random.NextDouble());
}
