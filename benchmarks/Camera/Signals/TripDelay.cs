using System.Globalization;
using System.Xml;

namespace Sensing.Benchmarks.Camera.Signals;

/// <summary>Delay over all trips of a run: time lost on the way and waiting to enter.</summary>
/// <param name="Seconds">Mean delay of a trip, s.</param>
/// <param name="Trips">Trips, finished or not.</param>
/// <param name="Unfinished">Trips that had not arrived at the end.</param>
internal sealed record TripDelay(double Seconds, int Trips, int Unfinished)
{
    /// <exception cref="MeasureException">SUMO wrote no trips.</exception>
    public static TripDelay Read(string tripInfoFile)
    {
        double sum = 0;
        int trips = 0, unfinished = 0;
        using XmlReader reader = File.Exists(tripInfoFile) ? XmlReader.Create(tripInfoFile)
            : throw new MeasureException("SUMO has written no trips: see its message above.");
        while (reader.ReadToFollowing("tripinfo"))
        {
            double Number(string name) => double.Parse(reader.GetAttribute(name)!, CultureInfo.InvariantCulture);
            sum += Math.Max(0, Number("timeLoss")) + Math.Max(0, Number("departDelay"));
            unfinished += Number("arrival") < 0 ? 1 : 0;
            trips++;
        }

        return trips > 0 ? new TripDelay(sum / trips, trips, unfinished) : throw new MeasureException("SUMO's trips are empty: see its message above.");
    }
}
