using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Vessels;
using Sensing.Streams;

namespace Sensing.Marine.Watch;

/// <summary>Whether own ship is in its circle about the anchor.</summary>
internal sealed class AnchorWatch(AnchorOptions options) : IResumable
{
    /// <summary>Outside for so long, s: a single position may be wrong.</summary>
    private const double ConfirmSeconds = 5;

    private GeoPosition? _anchor = options is { Latitude: { } lat, Longitude: { } lon } ? new GeoPosition(lat, lon) : null;
    private DateTimeOffset? _outside;

    public bool IsDragging { get; private set; }

    /// <summary>Distance from the anchor, m.</summary>
    public double DistanceM { get; private set; }

    /// <summary>Takes own position.</summary>
    /// <returns>Whether own ship has left the circle or come back.</returns>
    public bool Next(Picture picture)
    {
        if (picture.Own.Position is not { } own)
        {
            return false;
        }

        _anchor ??= own;
        DistanceM = Geodesic.Distance(_anchor.Value, own);
        _outside = DistanceM > options.RadiusM ? _outside ?? picture.Time : null;

        // Back by a tenth of the radius: at the circle's edge it would come and go.
        bool drags = IsDragging
            ? DistanceM > 0.9 * options.RadiusM
            : _outside is { } since && (picture.Time - since).TotalSeconds >= ConfirmSeconds;
        bool changed = drags != IsDragging;
        IsDragging = drags;
        return changed;
    }

    public void Save(BinaryWriter state)
    {
        state.WriteOptional(_anchor?.LatitudeDeg);
        state.WriteOptional(_anchor?.LongitudeDeg);
        state.WriteOptional(_outside);
        state.Write(IsDragging);
    }

    public void Load(BinaryReader state)
    {
        double? lat = state.ReadOptional(), lon = state.ReadOptional();
        _anchor = lat is { } north && lon is { } east ? new GeoPosition(north, east) : null;
        _outside = state.ReadOptionalTime();
        IsDragging = state.ReadBoolean();
    }
}
