using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Ais;

/// <summary>Names of part A of static data reports, for part B of the same vessel. The places are used in turn.</summary>
internal sealed class NameMemory : IResumable
{
    private const int Places = 256;

    private readonly int[] _mmsi = new int[Places];
    private readonly AisText[] _names = new AisText[Places];
    private int _next;

    public void Join(AisMessage message)
    {
        int place = Array.IndexOf(_mmsi, message.Mmsi);
        if (message.PartNumber == 1)
        {
            message.Name = place < 0 ? default : _names[place];
            return;
        }

        if (place < 0)
        {
            place = _next;
            _next = (_next + 1) % Places;
            _mmsi[place] = message.Mmsi;
        }

        _names[place] = message.Name;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_next);
        for (int place = 0; place < Places; place++)
        {
            state.Write(_mmsi[place]);
            state.WriteArray(_names[place].Span);
        }
    }

    public void Load(BinaryReader state)
    {
        _next = state.ReadInt32();
        if (_next is < 0 or >= Places)
        {
            throw new InvalidDataException("The saved state holds names in an impossible place.");
        }

        for (int place = 0; place < Places; place++)
        {
            _mmsi[place] = state.ReadInt32();
            _names[place] = AisText.Of(state.ReadArray<byte>(AisText.MaxLength));
        }
    }
}
