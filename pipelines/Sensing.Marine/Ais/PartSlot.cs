using System.Numerics;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Ais;

/// <summary>The parts of one message that have come, in whatever order.</summary>
internal sealed class PartSlot : IResumable
{
    private readonly byte[] _payload = new byte[AisReceiver.MaxParts * AisReceiver.PartCharacters];
    private readonly int[] _lengths = new int[AisReceiver.MaxParts];
    private uint _have;
    private int _fill;

    public PartKey Key { get; private set; }

    /// <summary>When its first part came.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary>How many parts there are; 0: the slot is free.</summary>
    public int Parts => BitOperations.PopCount(_have);

    public bool IsWhole => Parts == Key.Total;

    public bool Holds(int number) => (_have & (1u << number)) != 0;

    public void Begin(PartKey key, DateTimeOffset time) => (Key, Time, _have, _fill) = (key, time, 0, 0);

    public void Clear() => _have = 0;

    public void Add(int number, ReadOnlySpan<byte> payload, int fill)
    {
        payload.CopyTo(_payload.AsSpan((number - 1) * AisReceiver.PartCharacters));
        _lengths[number - 1] = payload.Length;
        _have |= 1u << number;
        if (number == Key.Total)
        {
            _fill = fill;
        }
    }

    /// <summary>The whole payload.</summary>
    public int Join(Span<byte> joined, out int fill)
    {
        int length = 0;
        for (int part = 0; part < Key.Total; part++)
        {
            _payload.AsSpan(part * AisReceiver.PartCharacters, _lengths[part]).CopyTo(joined[length..]);
            length += _lengths[part];
        }

        fill = _fill;
        return length;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_have);
        if (_have == 0)
        {
            return;
        }

        state.Write(Key.Group);
        state.Write(Key.Sequence);
        state.Write(Key.Channel);
        state.Write((byte)Key.Total);
        state.Write(Key.IsOwn);
        state.WriteTime(Time);
        state.Write((byte)_fill);
        for (int part = 0; part < Key.Total; part++)
        {
            state.WriteArray<byte>(Holds(part + 1) ? _payload.AsSpan(part * AisReceiver.PartCharacters, _lengths[part]) : []);
        }
    }

    public void Load(BinaryReader state)
    {
        _have = state.ReadUInt32();
        if (_have == 0)
        {
            return;
        }

        Key = new PartKey(state.ReadInt32(), state.ReadByte(), state.ReadByte(), state.ReadByte(), state.ReadBoolean());
        Time = state.ReadTime();
        _fill = state.ReadByte();
        if (Key.Total > AisReceiver.MaxParts || _fill > 5 || _have >= 1u << (AisReceiver.MaxParts + 1))
        {
            throw new InvalidDataException("The saved state holds an AIS message of impossible parts.");
        }

        for (int part = 0; part < Key.Total; part++)
        {
            byte[] payload = state.ReadArray<byte>(AisReceiver.PartCharacters);
            payload.CopyTo(_payload.AsSpan(part * AisReceiver.PartCharacters));
            _lengths[part] = payload.Length;
        }
    }
}
