using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>Writes truth beside a recording: a table for people, JSON for programs.</summary>
public static class TruthFile
{
    private static readonly SyntheticTruthJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters =
        {
            new JsonStringEnumConverter<DeadChannelKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<TravelDirection>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<VehicleClass>(JsonNamingPolicy.CamelCase),
        },
    });

    /// <summary>One line a vehicle, without its trajectory.</summary>
    public static void WriteCsv(SyntheticTruth truth, TextWriter output)
    {
        output.WriteLine(
            "id,direction,class,entry_s,exit_s,start_m,end_m,complete,mean_speed_kmh,reference_m,reference_s,reference_speed_kmh,"
            + "stops,turns_off,length_m,mass_kg,axles,offset_m");
        foreach (TruthVehicle v in truth.Vehicles)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{v.Id},{Word(v.Direction)},{Word(v.Class)},{v.EntrySeconds:0.000},{v.ExitSeconds:0.000},{Math.Round(v.StartM, 1) + 0.0:0.0},{Math.Round(v.EndM, 1) + 0.0:0.0},"
                + $"{Word(v.Complete)},{v.MeanSpeedKmh:0.00},{truth.ReferenceM:0.0},{v.ReferenceSeconds:0.000},{v.ReferenceSpeedKmh:0.00},"
                + $"{Word(v.Stops)},{Word(v.TurnsOff)},{v.LengthM:0.0},{v.MassKg:0},{v.Axles.Count},{v.OffsetM:0.0}"));
        }
    }

    /// <summary>Everything, trajectories included.</summary>
    public static void WriteJson(SyntheticTruth truth, Stream output) => JsonSerializer.Serialize(output, truth, Json.SyntheticTruth);

    /// <exception cref="JsonException">The file is no truth.</exception>
    public static SyntheticTruth ReadJson(Stream input) => JsonSerializer.Deserialize(input, Json.SyntheticTruth)
        ?? throw new JsonException("The file holds 'null' instead of a recording's truth.");

    private static string Word(object value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!);
}
