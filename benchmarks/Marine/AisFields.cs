using System.Text.Json.Nodes;
using Sensing.Marine.Ais;

namespace Sensing.Benchmarks.Marine;

/// <summary>A message's transmitted integers and texts under the names that gpsdecode and pyais share.</summary>
internal static class AisFields
{
    public static JsonObject Of(AisMessage m, int line)
    {
        var fields = new JsonObject
        {
            ["line"] = line,
            ["sentence"] = m.IsOwn ? "VDO" : "VDM",
            ["type"] = m.Type,
            ["mmsi"] = m.Mmsi,
            ["repeat"] = m.Repeat,
        };
        switch (m.Type)
        {
            case 1 or 2 or 3:
                Add(fields, ("status", m.Status), ("turn", m.Turn));
                Motion(fields, m);
                Add(fields, ("heading", m.Heading), ("second", m.Second), ("maneuver", m.Maneuver), ("raim", m.Raim));
                break;
            case 4 or 11:
                Add(fields, ("year", m.Year), ("month", m.Month), ("day", m.Day), ("hour", m.Hour), ("minute", m.Minute), ("second", m.Second));
                Place(fields, m);
                Add(fields, ("epfd", m.Epfd), ("raim", m.Raim));
                break;
            case 5:
                Add(fields, ("ais_version", m.AisVersion), ("imo", m.Imo));
                fields["callsign"] = m.CallSign.ToString();
                fields["shipname"] = m.Name.ToString();
                Add(fields, ("shiptype", m.ShipType));
                Dimensions(fields, m);
                Add(fields, ("epfd", m.Epfd), ("month", m.Month), ("day", m.Day), ("hour", m.Hour), ("minute", m.Minute), ("draught", m.Draught));
                fields["destination"] = m.Destination.ToString();
                Add(fields, ("dte", m.Dte));
                break;
            case 9:
                Add(fields, ("alt", m.Altitude));
                Motion(fields, m);
                Add(fields, ("second", m.Second), ("raim", m.Raim));
                break;
            case 18:
                Motion(fields, m);
                Add(fields, ("heading", m.Heading), ("second", m.Second), ("cs", m.CarrierSense), ("display", m.Display), ("dsc", m.Dsc),
                    ("band", m.Band), ("msg22", m.Message22), ("raim", m.Raim));
                break;
            case 19:
                Motion(fields, m);
                Add(fields, ("heading", m.Heading), ("second", m.Second));
                fields["shipname"] = m.Name.ToString();
                Add(fields, ("shiptype", m.ShipType));
                Dimensions(fields, m);
                Add(fields, ("epfd", m.Epfd), ("raim", m.Raim), ("dte", m.Dte));
                break;
            case 21:
                Add(fields, ("aid_type", m.AidType));
                fields["name"] = m.Name.ToString();
                Place(fields, m);
                Dimensions(fields, m);
                Add(fields, ("epfd", m.Epfd), ("second", m.Second), ("off_position", m.OffPosition), ("raim", m.Raim), ("virtual_aid", m.VirtualAid));
                break;
            case 24:
                StaticData(fields, m);
                break;
            case 27:
                Add(fields, ("accuracy", m.Accuracy), ("raim", m.Raim), ("status", m.Status), ("lon", m.Lon), ("lat", m.Lat),
                    ("speed", m.Speed), ("course", m.Course), ("gnss", m.Gnss));
                break;
        }

        return fields;
    }

    private static void StaticData(JsonObject fields, AisMessage m)
    {
        Add(fields, ("partno", m.PartNumber));
        if (m.PartNumber == 0 || m.Name.Length > 0)
        {
            fields["shipname"] = m.Name.ToString();
        }

        if (m.PartNumber == 1)
        {
            fields["callsign"] = m.CallSign.ToString();
            Add(fields, ("shiptype", m.ShipType));
            if (m.MothershipMmsi > 0)
            {
                Add(fields, ("mothership_mmsi", m.MothershipMmsi));
            }
            else
            {
                Dimensions(fields, m);
            }
        }
    }

    private static void Motion(JsonObject fields, AisMessage m)
    {
        Add(fields, ("speed", m.Speed));
        Place(fields, m);
        Add(fields, ("course", m.Course));
    }

    private static void Place(JsonObject fields, AisMessage m) => Add(fields, ("accuracy", m.Accuracy), ("lon", m.Lon), ("lat", m.Lat));

    private static void Dimensions(JsonObject fields, AisMessage m) =>
        Add(fields, ("to_bow", m.ToBow), ("to_stern", m.ToStern), ("to_port", m.ToPort), ("to_starboard", m.ToStarboard));

    private static void Add(JsonObject fields, params ReadOnlySpan<(string Name, int Value)> values)
    {
        foreach ((string name, int value) in values)
        {
            fields[name] = value;
        }
    }
}
