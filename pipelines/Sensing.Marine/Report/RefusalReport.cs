using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Marine.Navigation;
using Sensing.Marine.Nmea;
using Sensing.Marine.Targets;
using Sensing.Steps;

namespace Sensing.Marine.Report;

/// <summary>Refused lines by reason, as a notice from time to time.</summary>
internal sealed class RefusalReport(Decoding decoding, StreamAddress address) : IStep<Picture, SensorEvent>
{
    private const double IntervalSeconds = 600;

    private readonly long[] _reported = new long[decoding.Refused.Count];
    private DateTimeOffset _next, _last;

    public void Next(Picture item, Action<SensorEvent> emit)
    {
        _last = item.Time;
        if (_next == default)
        {
            _next = item.Time.AddSeconds(IntervalSeconds);
        }
        else if (item.Time >= _next)
        {
            _next = item.Time.AddSeconds(IntervalSeconds);
            Report(emit);
        }
    }

    public void Break(Action<SensorEvent> emit) => Report(emit);

    public void Save(BinaryWriter state)
    {
        state.WriteTime(_next);
        state.WriteTime(_last);
        state.WriteArray<long>(_reported);
    }

    public void Load(BinaryReader state)
    {
        _next = state.ReadTime();
        _last = state.ReadTime();
        state.ReadArray<long>(_reported);
    }

    private void Report(Action<SensorEvent> emit)
    {
        var reasons = new List<string>();
        for (int reason = 1; reason < _reported.Length; reason++)
        {
            if (decoding.Refused[reason] - _reported[reason] is > 0 and var more)
            {
                reasons.Add($"{more} {Words((NmeaRefusal)reason)}");
            }

            _reported[reason] = decoding.Refused[reason];
        }

        if (reasons.Count > 0 && _last != default)
        {
            emit(NodeEvents.Notice.Create(address, _last, "refused", new StreamNotice
            {
                Code = "refused",
                Severity = NoticeSeverity.Info,
                Message = $"Lines were skipped: {string.Join(", ", reasons)}.",
                Remedy = "Check cables, baud rates and multiplexers if there are many; a few are normal with radio.",
            }));
        }
    }

    private static string Words(NmeaRefusal reason) => reason switch
    {
        NmeaRefusal.NotASentence => "not NMEA 0183",
        NmeaRefusal.Truncated => "cut short",
        NmeaRefusal.Checksum => "with a wrong checksum",
        NmeaRefusal.TagBlock => "with a damaged tag block (the sentence was used)",
        NmeaRefusal.Fields => "with wrong fields",
        NmeaRefusal.ImpossibleValue => "with impossible values",
        NmeaRefusal.EmptyPayload => "with an empty AIS payload",
        NmeaRefusal.Armour => "with characters outside the AIS alphabet",
        NmeaRefusal.TooLong => "too long",
        NmeaRefusal.TooShort => "with an AIS message that ends early",
        NmeaRefusal.UnknownType => "with an unknown AIS message type",
        NmeaRefusal.PartNumber => "with an undefined part number",
        _ => "whose other parts did not come",
    };
}
