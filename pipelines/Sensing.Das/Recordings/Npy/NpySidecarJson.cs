using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensing.Das.Recordings.Npy;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(NpySidecar))]
internal sealed partial class NpySidecarJson : JsonSerializerContext;
