using System.Text.Json.Nodes;

namespace Sensing.Benchmarks.Camera;

/// <summary>False alarms on clips without lamps: every vehicle counts, however short it is seen.</summary>
internal sealed class PlainTotals
{
    private int _alarms;
    private double _seconds;
    private double _vehicleSeconds;

    public void Add(string path, double rate, LightBarScore score, TextWriter output)
    {
        _seconds += score.Seconds;
        _vehicleSeconds += score.VehicleSeconds;
        foreach ((long vehicle, (double evidence, _, _)) in score.Vehicles.Where(v => v.Value.Reported))
        {
            _alarms++;
            output.WriteLine(FormattableString.Invariant(
                $"  false alarm, {path} at {rate:0.0} frames/s: vehicle {vehicle}, {evidence:0.0} nats"));
        }

        output.WriteLine(FormattableString.Invariant($"{path} at {rate:0.0} frames/s: {score.Vehicles.Count} vehicles without lamps"));
        output.Flush();
    }

    public void Write(JsonObject figures)
    {
        double hours = Math.Max(_seconds / 3600, 1e-9);
        figures["false_alarms"] = _alarms;
        figures["false_alarms_per_hour"] = Math.Round(_alarms / hours, 3);
        // Poisson: exact for no alarm (3.0), close above.
        figures["false_alarms_per_hour_upper_95"] =
            Math.Round((_alarms == 0 ? 3.0 : _alarms + (1.645 * Math.Sqrt(_alarms)) + 2) / hours, 2);
        figures["hours_scored"] = Math.Round(hours, 4);
        figures["vehicle_hours_scored"] = Math.Round(_vehicleSeconds / 3600, 3);
    }
}
