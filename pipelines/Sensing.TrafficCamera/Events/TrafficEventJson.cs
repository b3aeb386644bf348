using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Events;

/// <summary>JSON of the payloads: camelCase, enumerations as text, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ApproachState))]
[JsonSerializable(typeof(VehicleCount))]
[JsonSerializable(typeof(TrafficAlarm))]
[JsonSerializable(typeof(EmergencyVehicle))]
[JsonSerializable(typeof(CameraFault))]
[JsonSerializable(typeof(SignalPlan))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(DetectorState))]
public sealed partial class TrafficEventJson : JsonSerializerContext;
