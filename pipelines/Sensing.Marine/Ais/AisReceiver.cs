using Sensing.Marine.Nmea;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Ais;

/// <summary>AIS sentences to messages: joins the parts of messages that take several, and a vessel's name to part B of its static data.</summary>
/// <remarks>It allocates nothing once its parts are made. Messages that never become whole are given up after <see cref="PartSeconds"/>, or when
/// their place is needed.</remarks>
public sealed class AisReceiver : IResumable
{
    /// <summary>Time within which all parts of a message must come, s: they are sent in adjacent slots and queued by receivers for moments only.</summary>
    public const double PartSeconds = 10;

    /// <summary>A message takes at most five slots; receivers cut it into at most nine sentences.</summary>
    internal const int MaxParts = 9;

    /// <summary>A sentence carries about 60 characters, some receivers' twice as many.</summary>
    internal const int PartCharacters = 256;

    private const int Slots = 16;
    private const int SingleCharacters = NmeaSentence.MaxLength;

    private readonly PartSlot[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new PartSlot())];
    private readonly byte[] _bytes = new byte[Armour.BytesFor(Math.Max(SingleCharacters, MaxParts * PartCharacters))];
    private readonly byte[] _joined = new byte[MaxParts * PartCharacters];
    private readonly NameMemory _names = new();

    /// <summary>The last message; filled again by the next.</summary>
    public AisMessage Message { get; } = new();

    /// <summary>Why the last sentence was refused.</summary>
    public NmeaRefusal Refusal { get; private set; }

    /// <summary>Parts given up since this was last set to zero: refused as <see cref="NmeaRefusal.PartsMissing"/>.</summary>
    public int PartsGivenUp { get; set; }

    /// <summary>Takes a sentence.</summary>
    /// <param name="sentence">A VDM or VDO sentence.</param>
    /// <param name="time">When it came.</param>
    public AisOutcome Take(in NmeaSentence sentence, DateTimeOffset time)
    {
        NmeaFields fields = sentence.Fields;
        if (!TryDigit(fields.Next(), out int total) || !TryDigit(fields.Next(), out int number) || number > total || total == 0 || number == 0)
        {
            return Refuse(NmeaRefusal.Fields);
        }

        ReadOnlySpan<byte> sequence = fields.Next();
        ReadOnlySpan<byte> channel = fields.Next();
        ReadOnlySpan<byte> payload = fields.Next();
        if (!fields.MoveNext(out ReadOnlySpan<byte> fillText) || !TryDigit(fillText, out int fill) || fill > 5)
        {
            return Refuse(NmeaRefusal.Fields);
        }

        if (payload.IsEmpty)
        {
            return Refuse(NmeaRefusal.EmptyPayload);
        }

        Message.IsOwn = sentence.Address[^1] == (byte)'O';
        if (total == 1)
        {
            return Decode(payload, fill);
        }

        if (payload.Length > PartCharacters)
        {
            return Refuse(NmeaRefusal.TooLong);
        }

        if (!Armour.IsValid(payload))
        {
            return Refuse(NmeaRefusal.Armour);
        }

        GiveUpBefore(time.AddSeconds(-PartSeconds));
        var key = new PartKey(
            sentence.Tag.Group, (byte)(sequence.Length == 1 ? sequence[0] : 0), (byte)(channel.Length > 0 ? channel[0] : 0), total, Message.IsOwn);
        PartSlot slot = SlotFor(key, number, time);
        slot.Add(number, payload, fill);
        if (!slot.IsWhole)
        {
            return AisOutcome.Pending;
        }

        int length = slot.Join(_joined, out fill);
        slot.Clear();
        return Decode(_joined.AsSpan(0, length), fill);
    }

    /// <summary>Gives up the messages that are not whole: nothing more comes.</summary>
    public void GiveUpAll() => GiveUpBefore(DateTimeOffset.MaxValue);

    public void Save(BinaryWriter state)
    {
        state.Mark("ais-receiver-1");
        foreach (PartSlot slot in _slots)
        {
            slot.Save(state);
        }

        _names.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("ais-receiver-1");
        foreach (PartSlot slot in _slots)
        {
            slot.Load(state);
        }

        _names.Load(state);
    }

    private static bool TryDigit(ReadOnlySpan<byte> text, out int digit)
    {
        digit = text.Length == 1 ? text[0] - '0' : -1;
        return digit is >= 0 and <= 9;
    }

    private AisOutcome Decode(ReadOnlySpan<byte> payload, int fill)
    {
        if (!Armour.Unpack(payload, _bytes))
        {
            return Refuse(NmeaRefusal.Armour);
        }

        var bits = new AisBits(_bytes, Math.Max(0, (payload.Length * 6) - fill));
        Refusal = AisDecoder.Decode(in bits, Message);
        if (Refusal != NmeaRefusal.None)
        {
            return AisOutcome.Refused;
        }

        if (Message.Type == 24)
        {
            _names.Join(Message);
        }

        return AisOutcome.Message;
    }

    private AisOutcome Refuse(NmeaRefusal reason)
    {
        Refusal = reason;
        return AisOutcome.Refused;
    }

    private void GiveUpBefore(DateTimeOffset limit)
    {
        foreach (PartSlot slot in _slots)
        {
            if (slot.Parts > 0 && slot.Time < limit)
            {
                GiveUp(slot);
            }
        }
    }

    private PartSlot SlotFor(PartKey key, int number, DateTimeOffset time)
    {
        PartSlot oldest = _slots[0];
        PartSlot? free = null;
        foreach (PartSlot slot in _slots)
        {
            if (slot.Parts == 0)
            {
                free ??= slot;
            }
            else if (slot.Key == key)
            {
                // The same part again: another message under the same number has begun.
                if (slot.Holds(number))
                {
                    GiveUp(slot);
                    slot.Begin(key, time);
                }

                return slot;
            }
            else if (oldest.Parts == 0 || slot.Time < oldest.Time)
            {
                oldest = slot;
            }
        }

        if (free is null)
        {
            GiveUp(oldest);
            free = oldest;
        }

        free.Begin(key, time);
        return free;
    }

    private void GiveUp(PartSlot slot)
    {
        PartsGivenUp += slot.Parts;
        slot.Clear();
    }
}
