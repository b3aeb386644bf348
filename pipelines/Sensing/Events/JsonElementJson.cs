using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensing.Events;

/// <summary>JSON whose shape is not known here.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonElementJson : JsonSerializerContext;
