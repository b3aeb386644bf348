using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Impacts.Upload;

/// <summary>Keeps what a model is least sure of, within a budget of bytes for each hour of sensor time (after CEMA, arXiv 2402.17316).</summary>
/// <param name="bytesPerHour">The budget.</param>
public sealed class SelectiveUpload(int bytesPerHour) : IResumable
{
    private readonly List<Kept> _kept = [];
    private long _hour;
    private int _bytes;

    /// <summary>Offers an item; yields those of the hour before where a new one has begun, in the order in which they came.</summary>
    /// <param name="time">Sensor time.</param>
    /// <param name="entropy">How uncertain the model was.</param>
    /// <param name="item">What would be sent.</param>
    public IReadOnlyList<(DateTimeOffset Time, byte[] Item)> Offer(DateTimeOffset time, double entropy, byte[] item)
    {
        IReadOnlyList<(DateTimeOffset, byte[])> due = [];
        long hour = time.UtcTicks / TimeSpan.TicksPerHour;
        if (hour != _hour)
        {
            due = [.. _kept.Select(kept => (kept.Time, kept.Item))];
            _kept.Clear();
            (_hour, _bytes) = (hour, 0);
        }

        _kept.Add(new Kept(time, entropy, item));
        _bytes += item.Length;
        while (_bytes > bytesPerHour && _kept.Count > 0)
        {
            Kept surest = _kept.MinBy(kept => kept.Entropy)!;
            _kept.Remove(surest);
            _bytes -= surest.Item.Length;
        }

        return due;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("impact-upload-1");
        state.Write(_hour);
        state.Write(_kept.Count);
        foreach (Kept kept in _kept)
        {
            state.WriteTime(kept.Time);
            state.Write(kept.Entropy);
            state.WriteArray<byte>(kept.Item);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("impact-upload-1");
        _hour = state.ReadInt64();
        _kept.Clear();
        _bytes = 0;
        for (int rest = state.ReadInt32(); rest > 0; rest--)
        {
            _kept.Add(new Kept(state.ReadTime(), state.ReadDouble(), state.ReadArray<byte>(Math.Max(bytesPerHour, 1))));
            _bytes += _kept[^1].Item.Length;
        }
    }

    private sealed record Kept(DateTimeOffset Time, double Entropy, byte[] Item);
}
