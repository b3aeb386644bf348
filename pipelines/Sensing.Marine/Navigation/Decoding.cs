using Sensing.Marine.Ais;
using Sensing.Marine.Nmea;
using Sensing.Steps;

namespace Sensing.Marine.Navigation;

/// <summary>Lines in, readings out: one for each line, for time comes on with lines that say nothing. What is refused is counted by its reason.</summary>
internal sealed class Decoding : IStep<NmeaLine, NavigationReading>
{
    private static readonly int Reasons = Enum.GetValues<NmeaRefusal>().Length;

    private readonly AisReceiver _receiver = new();
    private readonly NavigationReading _reading = new();
    private readonly long[] _refused = new long[Reasons];

    /// <summary>Lines refused, by reason.</summary>
    public IReadOnlyList<long> Refused => _refused;

    public void Next(NmeaLine item, Action<NavigationReading> emit)
    {
        _reading.Clear(item.Time);
        NmeaRefusal refusal = NmeaSentence.Read(item.Text.Span, out NmeaSentence sentence);
        if (refusal == NmeaRefusal.None && !sentence.Address.IsEmpty)
        {
            refusal = Read(in sentence, item.Time);
        }

        _refused[(int)refusal]++;
        emit(_reading);
    }

    public void Break(Action<NavigationReading> emit)
    {
        _receiver.GiveUpAll();
        CountParts();
    }

    public void Save(BinaryWriter state)
    {
        _receiver.Save(state);
        state.WriteArray<long>(_refused);
    }

    public void Load(BinaryReader state)
    {
        _receiver.Load(state);
        state.ReadArray<long>(_refused);
    }

    private NmeaRefusal Read(in NmeaSentence sentence, DateTimeOffset time)
    {
        if (sentence.Tag.Damaged)
        {
            _refused[(int)NmeaRefusal.TagBlock]++;
        }

        if (!sentence.IsAis)
        {
            return OwnShipSentences.Read(in sentence, _reading);
        }

        AisOutcome outcome = _receiver.Take(in sentence, time);
        CountParts();
        if (outcome != AisOutcome.Message)
        {
            return outcome == AisOutcome.Refused ? _receiver.Refusal : NmeaRefusal.None;
        }

        (_reading.Kind, _reading.Message) = (ReadingKind.Ais, _receiver.Message);
        return NmeaRefusal.None;
    }

    private void CountParts()
    {
        _refused[(int)NmeaRefusal.PartsMissing] += _receiver.PartsGivenUp;
        _receiver.PartsGivenUp = 0;
    }
}
