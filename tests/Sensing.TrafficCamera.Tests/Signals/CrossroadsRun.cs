using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

/// <summary>A crossroads with point queues in simulated time: what arrives waits, and a green lane discharges a vehicle every two seconds.</summary>
internal sealed class CrossroadsRun
{
    private readonly SignalController _controller;
    private readonly double[] _queue = new double[2];
    private readonly int[] _green = new int[2];

    public CrossroadsRun(JunctionOptions? options = null) => _controller = new SignalController(options ?? Crossroads.Options);

    public int Second { get; private set; }

    public List<(double Second, SignalPlan Plan)> Plans { get; } = [];

    /// <summary>Vehicle-seconds of waiting.</summary>
    public double Delay { get; private set; }

    public SignalPlan Plan => _controller.Plan();

    /// <summary>The seconds at which a phase began to be green.</summary>
    public IEnumerable<double> Begins(string phase) =>
        Plans.Where(p => p.Plan.Stage == SignalStage.Green && p.Plan.Phase == phase && p.Plan.ElapsedSeconds == 0).Select(p => p.Second);

    /// <summary>Lets seconds pass.</summary>
    /// <param name="seconds">How many.</param>
    /// <param name="main">Arrivals on the main road, vehicles/s.</param>
    /// <param name="side">Arrivals on the side road.</param>
    /// <param name="change">Changes the readings of a second; null: none are given.</param>
    public CrossroadsRun For(int seconds, double main = 0, double side = 0, Func<ApproachReading, ApproachReading?>? change = null)
    {
        for (int i = 0; i < seconds; i++)
        {
            Second++;
            double[] arrivals = [main, side];
            for (int road = 0; road < 2; road++)
            {
                _queue[road] += arrivals[road];
                _green[road] = _controller.Aspect(road) == SignalAspect.Green ? _green[road] + 1 : 0;
                double passed = _green[road] > 2 ? Math.Min(_queue[road], 0.5) : 0;
                _queue[road] -= passed;
                Delay += _queue[road];
                ApproachReading reading = Crossroads.Reading(road == 0 ? "main" : "side", Second, Math.Floor(Math.Min(_queue[road], 8)), passed);
                if ((change is null ? reading : change(reading)) is { } given)
                {
                    _controller.Accept(given);
                }
            }

            _controller.Advance(Crossroads.Start.AddSeconds(Second), (time, plan) => Plans.Add(((time - Crossroads.Start).TotalSeconds, plan)));
        }

        return this;
    }
}
