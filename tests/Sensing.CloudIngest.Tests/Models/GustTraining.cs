using System.Text;
using Sensing.Events;
using Sensing.Models;

namespace Sensing.CloudIngest.Tests.Models;

/// <summary>A training that makes a file of what it is given: better while <see cref="IsBetter"/> says so.</summary>
internal sealed class GustTraining : IModelTraining
{
    public bool IsBetter { get; set; } = true;

    public string Model => "gust";

    public EventTypeName Windows { get; } = EventTypeName.Parse("sensing.weather.gust.v1");

    public IReadOnlyList<string> Labels { get; } = ["squall", "breeze"];

    public PackagedModel? Packaged { get; } = new(new ModelDescription("gust", "1.3", "", 3), "old"u8.ToArray());

    public string Describe(ReadOnlyMemory<byte> data) => "said, of " + Encoding.UTF8.GetString(data.Span);

    public TrainingOutcome Train(IReadOnlyList<LabelledEvent> windows, ReadOnlyMemory<byte> inUse, CancellationToken cancellation)
    {
        string made = string.Join('|', windows.Select(window => $"{window.Label} {Encoding.UTF8.GetString(window.Data.Span)}").Prepend(Encoding.UTF8.GetString(inUse.Span)));
        return new TrainingOutcome(
            Encoding.UTF8.GetBytes(made), IsBetter, IsBetter ? "better" : "not better", $"{windows.Count} windows", [new ModelMetric("accuracy", 0.9, 0.8)]);
    }
}
