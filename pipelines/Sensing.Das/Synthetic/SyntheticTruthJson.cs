using System.Text.Json.Serialization;

namespace Sensing.Das.Synthetic;

[JsonSerializable(typeof(SyntheticTruth))]
internal sealed partial class SyntheticTruthJson : JsonSerializerContext;
