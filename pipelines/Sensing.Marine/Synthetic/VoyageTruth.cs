using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Synthetic;

/// <summary>Where the vessels of a synthetic voyage really are, without the errors of instruments. Times are seconds of its lines.</summary>
public sealed class VoyageTruth
{
    private readonly SyntheticVoyage _voyage;

    public VoyageTruth(VoyageOptions options) => _voyage = new SyntheticVoyage(options, DateTimeOffset.UnixEpoch);

    /// <summary>MMSI of the vessels that are heard at a time and make way.</summary>
    public IReadOnlyList<int> Moving(double second) =>
        [.. _voyage.Heard(second + SyntheticVoyage.BeginsAtS).Where(vessel => vessel.SpeedMs > 0).Select(vessel => vessel.Mmsi)];

    /// <summary>Whether own ship holds its course meanwhile.</summary>
    public static bool OwnHoldsCourse(double from, double until)
    {
        double first = OwnTrack.HeadingAt(from + SyntheticVoyage.BeginsAtS);
        for (double second = from; second <= until; second += 10)
        {
            if (Math.Abs(Angle.Signed(OwnTrack.HeadingAt(second + SyntheticVoyage.BeginsAtS) - first)) > 0.01)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The closest that own ship and a vessel really come within a time, and when; null: the vessel is not there, or they are closest at an end.</summary>
    /// <param name="mmsi">The vessel.</param>
    /// <param name="from">The time, s.</param>
    /// <param name="longest">How far to look ahead, s.</param>
    public (double CpaM, double TcpaS)? Closest(int mmsi, double from, double longest)
    {
        double begin = from + SyntheticVoyage.BeginsAtS;
        if (_voyage.Heard(begin).FirstOrDefault(vessel => vessel.Mmsi == mmsi) is not { } vessel)
        {
            return null;
        }

        // One minimum: both keep straight on but for their helms. Golden-section search (Kiefer, 1953).
        const double Golden = 0.6180339887498949;
        double low = 0, high = longest;
        while (high - low > 0.05)
        {
            double left = high - (Golden * (high - low)), right = low + (Golden * (high - low));
            (low, high) = Distance(vessel, begin + left) < Distance(vessel, begin + right) ? (low, right) : (left, high);
        }

        double at = (low + high) / 2;
        return at < 1 || at > longest - 1 ? null : (Distance(vessel, begin + at), at);
    }

    private double Distance(ScriptedVessel vessel, double seconds) => _voyage.DistanceTo(vessel, seconds);
}
