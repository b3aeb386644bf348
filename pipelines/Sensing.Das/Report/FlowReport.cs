using Sensing.Das.Classify;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Steps;

namespace Sensing.Das.Report;

/// <summary>Counts, speeds, headways and occupancy at the reference position, and each full hour against the usual one.</summary>
/// <remarks>Windows stand on the UTC clock. One is reported once time has passed its end by the configured wait: a vehicle
/// that has passed the reference is known only when it has left the section. One that comes later still counts in the
/// oldest window that is open. A gap in the samples, or a restart, does not end a window: it goes on after it and says how much of it was
/// observed. What nothing was seen of is not reported.</remarks>
internal sealed class FlowReport(DasOptions options, StreamAddress address) : IStep<Batch<ClassifiedPassage>, SensorEvent>
{
    private const int MostPassages = 100_000;

    private readonly List<FlowWindow> _windows = [];
    private readonly DayProfiles _profiles = new(options, address);
    private DateTimeOffset _seen;
    private bool _joins;

    public void Next(Batch<ClassifiedPassage> batch, Action<SensorEvent> emit)
    {
        if (options.Report.FlowMinutes.Length == 0)
        {
            return;
        }

        if (double.IsFinite(batch.Until) && batch.Until > 0)
        {
            DateTimeOffset now = batch.Origin.AddTicks((long)(batch.Until * TimeSpan.TicksPerSecond));
            DateTimeOffset from = _joins ? _seen : batch.Origin;
            Open(from, now);
            foreach (FlowWindow window in _windows)
            {
                window.See(from, now);
            }

            _seen = now > from || !_joins ? now : _seen;
            _joins = true;
        }

        foreach (ClassifiedPassage vehicle in batch.Items.Where(v => v.Passage.AtReference))
        {
            Count(vehicle);
        }

        if (_windows.Count > 0)
        {
            Close(_seen.AddSeconds(-options.Report.FlowWaitSeconds), emit);
        }
    }

    public void Break(Action<SensorEvent> emit) => _joins = false;

    /// <summary>Nothing more will come: reports the windows that are open, with what was seen of them.</summary>
    public void End(Action<SensorEvent> emit) => Close(DateTimeOffset.MaxValue, emit);

    public void Save(BinaryWriter state)
    {
        state.Mark("flow-2");
        state.WriteTime(_seen);
        state.Write(_joins);
        state.Write(_windows.Count);
        foreach (FlowWindow window in _windows)
        {
            state.Write(window.Minutes);
            state.WriteTime(window.Start);
            state.Write(window.Covered.Ticks);
            state.WriteArray<FlowPassage>([.. window.Passages]);
        }

        _profiles.Save(state);
    }

    public void Load(BinaryReader state)
    {
        int version = state.ExpectOneOf("flow-1", "flow-2");
        _seen = state.ReadTime();
        _joins = version == 0 || state.ReadBoolean();
        _windows.Clear();
        int count = state.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            int minutes = state.ReadInt32();
            DateTimeOffset start = state.ReadTime();

            // The first version kept from when on a window was observed.
            TimeSpan covered = version == 0 ? _seen - state.ReadTime() : TimeSpan.FromTicks(state.ReadInt64());
            var window = new FlowWindow(minutes, start, TimeSpan.FromTicks(Math.Clamp(covered.Ticks, 0, minutes * TimeSpan.TicksPerMinute)));
            foreach (FlowPassage passage in state.ReadArray<FlowPassage>(MostPassages))
            {
                window.Add(passage);
            }

            _windows.Add(window);
        }

        _profiles.Load(state);
    }

    /// <summary>Opens the windows that an observed stretch touches.</summary>
    private void Open(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (int minutes in options.Report.FlowMinutes)
        {
            long length = minutes * TimeSpan.TicksPerMinute;
            for (long start = Math.Min(from.UtcTicks, to.UtcTicks) / length * length; start <= to.UtcTicks; start += length)
            {
                var begin = new DateTimeOffset(start, TimeSpan.Zero);
                if (!_windows.Exists(w => w.Minutes == minutes && w.Start == begin))
                {
                    _windows.Add(new FlowWindow(minutes, begin));
                }
            }
        }
    }

    private void Count(ClassifiedPassage vehicle)
    {
        Tracks.Passage passage = vehicle.Passage;
        DateTimeOffset time = passage.TimeOf(passage.ReferenceSeconds);
        var one = new FlowPassage(time.UtcTicks, passage.Direction, vehicle.Class, passage.SpeedMs * 3.6, passage.AlongsideSeconds);
        foreach (int minutes in options.Report.FlowMinutes)
        {
            FlowWindow? window = _windows.Find(w => w.Minutes == minutes && time >= w.Start && time < w.End)
                ?? _windows.Find(w => w.Minutes == minutes);
            window?.Add(one);
        }
    }

    private void Close(DateTimeOffset until, Action<SensorEvent> emit)
    {
        foreach (FlowWindow window in _windows.Where(w => w.End <= until || until == DateTimeOffset.MaxValue)
            .OrderBy(w => w.End).ThenBy(w => w.Minutes).ToArray())
        {
            _windows.Remove(window);
            if (window.Covered <= TimeSpan.Zero)
            {
                continue;
            }

            foreach (TravelDirection direction in Ways(options.Directions))
            {
                foreach (VehicleClass? kind in Kinds())
                {
                    emit(DasEvents.Flow.Create(
                        address, window.End, $"{window.Minutes} {direction} {kind}", window.Of(direction, kind)));
                }

                if (window.Minutes == 60 && window.IsWhole)
                {
                    emit(_profiles.Add(window.End, direction, window.Passages.Count(p => p.Direction == direction)));
                }
            }
        }
    }

    internal static TravelDirection[] Ways(Directions directions) => directions switch
    {
        Directions.Increasing => [TravelDirection.Increasing],
        Directions.Decreasing => [TravelDirection.Decreasing],
        _ => [TravelDirection.Increasing, TravelDirection.Decreasing],
    };

    private VehicleClass?[] Kinds() => options.Classes.Rail
        ? [null, VehicleClass.Small, VehicleClass.Large, VehicleClass.Rail]
        : [null, VehicleClass.Small, VehicleClass.Large];
}
