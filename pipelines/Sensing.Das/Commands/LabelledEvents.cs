using System.Text;
using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.Das.Commands;

/// <summary>The vehicles of a file of events, by id.</summary>
internal sealed class LabelledEvents
{
    private static readonly EventCatalogue Known = new(DasEvents.Family);

    private readonly Dictionary<string, (DateTimeOffset Time, TravelDirection Direction)> _vehicles = new(StringComparer.Ordinal);
    private readonly List<string> _mistakes = [];

    private LabelledEvents(string path) => Path = path;

    public string Path { get; }

    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>Reads one CloudEvent a line; events other than vehicles are passed over. Stops at the first mistake.</summary>
    public static LabelledEvents Read(string path)
    {
        var events = new LabelledEvents(path);
        try
        {
            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                if (!CloudEventJson.TryRead(Encoding.UTF8.GetBytes(line), Known, out SensorEvent? read, out string? problem))
                {
                    events._mistakes.Add($"{path}, line {number}: {problem}. Give the file as replay --out has written it.");
                    break;
                }

                if (read.Type == DasEvents.Vehicle.Name)
                {
                    events._vehicles[read.Id] = (read.Time, DasEvents.Vehicle.Read(read).Direction);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            events._mistakes.Add($"--events: {error.Message}");
        }

        return events;
    }

    public (DateTimeOffset Time, TravelDirection Direction)? Find(string id) => _vehicles.TryGetValue(id, out (DateTimeOffset, TravelDirection) vehicle) ? vehicle : null;
}
