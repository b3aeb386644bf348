namespace Sensing.Marine.Ais;

/// <summary>A decoded AIS message: its fields as they were transmitted (ITU-R M.1371-5, annex 8). One object is filled again and again.</summary>
/// <remarks>Only the fields of <see cref="Type"/> are set, as listed; the others keep what an earlier message left.
/// Longitude and latitude are in 1/600,000° (type 27: 1/600°), speed in 0.1 kn (type 9 and 27: kn), course in 0.1° (type 27: 1°).</remarks>
public sealed class AisMessage
{
    /// <summary>Own ship's message (VDO) rather than a received one (VDM).</summary>
    public bool IsOwn { get; internal set; }

    /// <summary>1 to 27.</summary>
    public int Type { get; internal set; }

    public int Repeat { get; internal set; }

    public int Mmsi { get; internal set; }

    /// <summary>1–3, 27: navigational status.</summary>
    public int Status { get; internal set; }

    /// <summary>1–3: rate of turn, 4.733 times the square root of °/min; -128 where unknown.</summary>
    public int Turn { get; internal set; }

    /// <summary>1–3, 9, 18, 19, 27. 1023 (type 27: 63): unknown.</summary>
    public int Speed { get; internal set; }

    /// <summary>1–4, 9, 11, 18, 19, 21, 27: 1 where the position is better than 10 m.</summary>
    public int Accuracy { get; internal set; }

    /// <summary>1–4, 9, 11, 18, 19, 21, 27. 108,600,000 (type 27: 108,600): unknown.</summary>
    public int Lon { get; internal set; }

    /// <summary>1–4, 9, 11, 18, 19, 21, 27. 54,600,000 (type 27: 54,600): unknown.</summary>
    public int Lat { get; internal set; }

    /// <summary>1–3, 9, 18, 19, 27. 3600 (type 27: 511): unknown.</summary>
    public int Course { get; internal set; }

    /// <summary>1–3, 18, 19: °. 511: unknown.</summary>
    public int Heading { get; internal set; }

    /// <summary>1–4, 9, 11, 18, 19, 21: second of the minute; above 59 where there is none.</summary>
    public int Second { get; internal set; }

    /// <summary>1–3: special manoeuvre.</summary>
    public int Maneuver { get; internal set; }

    /// <summary>1–4, 9, 11, 18, 19, 21, 27.</summary>
    public int Raim { get; internal set; }

    /// <summary>4, 11.</summary>
    public int Year { get; internal set; }

    /// <summary>4, 11; 5: of the arrival.</summary>
    public int Month { get; internal set; }

    /// <summary>4, 11; 5: of the arrival.</summary>
    public int Day { get; internal set; }

    /// <summary>4, 11; 5: of the arrival.</summary>
    public int Hour { get; internal set; }

    /// <summary>4, 11; 5: of the arrival.</summary>
    public int Minute { get; internal set; }

    /// <summary>4, 5, 11, 19, 21: kind of position-fixing device.</summary>
    public int Epfd { get; internal set; }

    /// <summary>5.</summary>
    public int AisVersion { get; internal set; }

    /// <summary>5.</summary>
    public int Imo { get; internal set; }

    /// <summary>5, 24 part B.</summary>
    public AisText CallSign { get; internal set; }

    /// <summary>5, 19, 21, 24 part A; 24 part B where part A has been heard.</summary>
    public AisText Name { get; internal set; }

    /// <summary>5, 19, 24 part B. Reserved numbers are kept.</summary>
    public int ShipType { get; internal set; }

    /// <summary>5, 19, 21, 24 part B: m from the position's reference point.</summary>
    public int ToBow { get; internal set; }

    /// <inheritdoc cref="ToBow"/>
    public int ToStern { get; internal set; }

    /// <inheritdoc cref="ToBow"/>
    public int ToPort { get; internal set; }

    /// <inheritdoc cref="ToBow"/>
    public int ToStarboard { get; internal set; }

    /// <summary>5: 0.1 m.</summary>
    public int Draught { get; internal set; }

    /// <summary>5.</summary>
    public AisText Destination { get; internal set; }

    /// <summary>5, 19.</summary>
    public int Dte { get; internal set; }

    /// <summary>9: m. 4095: unknown.</summary>
    public int Altitude { get; internal set; }

    /// <summary>18: 1 for a carrier-sense unit.</summary>
    public int CarrierSense { get; internal set; }

    /// <summary>18.</summary>
    public int Display { get; internal set; }

    /// <summary>18.</summary>
    public int Dsc { get; internal set; }

    /// <summary>18.</summary>
    public int Band { get; internal set; }

    /// <summary>18.</summary>
    public int Message22 { get; internal set; }

    /// <summary>21.</summary>
    public int AidType { get; internal set; }

    /// <summary>21.</summary>
    public int OffPosition { get; internal set; }

    /// <summary>21.</summary>
    public int VirtualAid { get; internal set; }

    /// <summary>24: 0 for part A, 1 for part B.</summary>
    public int PartNumber { get; internal set; }

    /// <summary>24 part B of an auxiliary craft (MMSI 98…): the ship that it belongs to, in place of its dimensions; otherwise 0.</summary>
    public int MothershipMmsi { get; internal set; }

    /// <summary>27: 0 where the position is the current GNSS one.</summary>
    public int Gnss { get; internal set; }
}
